/** A sandbox for a test: the base app with some files laid over it, under Node. */
import { fileURLToPath } from "node:url";
import { overlay, type FileTree } from "../../../src/course/file-tree.ts";
import { readTree } from "../../../src/course/node/read-tree.ts";
import { readBootImage } from "../../../src/sandbox/boot-image/read.ts";
import { createNodeSandbox } from "../../../src/sandbox/local/node.ts";
import type {
  BootImage,
  JobRow,
  Sandbox,
  Snapshot,
  StartOptions,
} from "../../../src/sandbox/sandbox.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

let image: Promise<BootImage> | undefined;

const source = readBootImage(`${ROOT}public/boot`);

/** One boot image for all sandboxes of a test file. */
function sharedImage(): Promise<BootImage> {
  return (image ??= source.load(() => {}));
}

export async function bootTestSandbox(options: {
  files?: FileTree;
  processes?: StartOptions[];
  create?: () => Sandbox;
  snapshot?: Snapshot;
}): Promise<Sandbox> {
  const base = await readTree(`${ROOT}src/sandbox/base-app`);
  const sandbox = (options.create ?? createNodeSandbox)();
  await sandbox.boot({
    ...(options.snapshot ? { snapshot: options.snapshot } : {}),
    files: overlay(base, options.files ?? {}),
    processes: options.processes ?? [{ kind: "web" }],
    image: { ...source, load: sharedImage },
  });
  return sandbox;
}

/** Evaluates Ruby in the console; what it raised is thrown. */
export async function ruby(sandbox: Sandbox, code: string): Promise<string> {
  const { result, error } = await sandbox.evaluate(code);
  if (error !== null)
    throw new Error(`${error.className}: ${error.message}\n${error.backtrace.join("\n")}`);
  return result ?? "";
}

/** Waits for something that will become true; `what` names it when it does not. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Error(`Waited ${timeoutMs / 1000} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until no job is ready or claimed. */
export async function untilDrained(sandbox: Sandbox): Promise<JobRow[]> {
  await until(async () => {
    const counts = await sandbox.queue.counts();
    return counts.ready + counts.claimed === 0;
  }, "no job is ready or claimed");
  return sandbox.queue.jobs({ limit: 1000 });
}
