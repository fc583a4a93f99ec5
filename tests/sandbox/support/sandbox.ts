/** A sandbox for a test: the base app with some files laid over it, under Node. */
import { fileURLToPath } from "node:url";
import { overlay, type FileTree } from "../../../src/course/file-tree.ts";
import { readTree } from "../../../src/course/node/read-tree.ts";
import { readBootImage } from "../../../src/sandbox/boot-image/read.ts";
import { createNodeSandbox } from "../../../src/sandbox/local/node.ts";
import type { BootImage, Sandbox, Snapshot, StartOptions } from "../../../src/sandbox/sandbox.ts";

export { ruby, until, untilDrained } from "./ask.ts";

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
  snapshot?: Snapshot | undefined;
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
