/** A boot that is cancelled, at each of its steps: nothing lives on, and the next boot runs. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTree } from "../../src/course/node/read-tree.ts";
import { readBootImage } from "../../src/sandbox/boot-image/read.ts";
import { LocalSandbox } from "../../src/sandbox/local/local-sandbox.ts";
import { nodePlatform } from "../../src/sandbox/local/node.ts";
import type { Platform } from "../../src/sandbox/local/platform.ts";
import type { BootImage, BootOptions, FileTree, Snapshot } from "../../src/sandbox/sandbox.ts";
import { ruby, until } from "./support/sandbox.ts";

let files: FileTree;
let image: BootImage;
/** Of a visit before, with one photo: it has to be restored. */
let snapshot: Snapshot;

/** The workers that were started and not ended. */
const alive = new Set<object>();
const platform: Platform = {
  ...nodePlatform,
  startWorker(role) {
    const worker = nodePlatform.startWorker(role);
    alive.add(worker);
    return {
      ...worker,
      terminate() {
        alive.delete(worker);
        worker.terminate();
      },
    };
  },
};

const options = (): BootOptions => ({
  files,
  image: {
    load(onProgress) {
      for (const done of [0, 50, 100]) onProgress(done, 100);
      return Promise.resolve(image);
    },
  },
  processes: [{ kind: "web" }, { kind: "jobs" }],
});

beforeAll(async () => {
  files = await readTree("src/sandbox/base-app");
  image = await readBootImage("public/boot").load(() => {});
  const sandbox = new LocalSandbox(platform);
  await sandbox.boot(options());
  await ruby(sandbox, 'Photo.insert!({ title: "kept", image: "x", content_type: "image/png" })');
  snapshot = await sandbox.snapshot();
  await sandbox.dispose();
  expect(alive.size).toBe(0);
});

/** Boots, and cancels when it has come so far. Expects that nothing is left. */
async function cancelAt(moment: string, kept: Snapshot | undefined): Promise<void> {
  const sandbox = new LocalSandbox(platform);
  const cancel = new AbortController();
  const reason = new Error(`cancelled at ${moment}`);
  const come = (to: string) => {
    if (to === moment) cancel.abort(reason);
  };
  sandbox.events.subscribe(({ type }) => come(type));
  const booting = sandbox.boot(
    { ...options(), ...(kept && { snapshot: kept }), signal: cancel.signal },
    ({ step, doneBytes }) => come(`${step} ${doneBytes}`),
  );
  await expect(booting).rejects.toBe(reason);
  expect(alive.size).toBe(0);
  expect(() => sandbox.processes).toThrow("not running");
}

const MOMENTS = [
  ...["download 0", "download 50", "download 100", "database 0", "processes 0"],
  ...["process.started", "process.registered"],
];

test.each(MOMENTS)("cancelled at %s with fresh databases, nothing lives on", async (moment) => {
  await cancelAt(moment, undefined);
});

test.each(MOMENTS)("cancelled at %s of a restore, nothing lives on", async (moment) => {
  await cancelAt(moment, snapshot);
});

test("the next boot restores what was kept, and its processes run", async () => {
  const sandbox = new LocalSandbox(platform);
  await sandbox.boot({ ...options(), snapshot });
  expect(await ruby(sandbox, "Photo.pluck(:title)")).toBe('["kept"]');
  await until(async () => (await sandbox.queue.processes()).length > 0, "a worker is registered");
  await sandbox.dispose();
});

afterAll(() => expect(alive.size).toBe(0));
