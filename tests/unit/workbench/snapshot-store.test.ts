import "fake-indexeddb/auto";
import { openDB } from "idb";
import { describe, expect, test } from "vitest";
import {
  savingInWorker,
  type SaveRequest,
  type SaveWorker,
} from "../../../src/workbench/snapshots/save-in-worker.ts";
import { browserSnapshotStore } from "../../../src/workbench/snapshots/store.ts";

const kept = {
  keptAt: 5,
  snapshot: {
    image: "a",
    clockOffset: 0,
    nextPid: 103,
    databases: { primary: Uint8Array.of(1, 2) },
  },
};

test("what was kept is there for the next visit, for each lesson", async () => {
  await browserSnapshotStore().save("one", kept);
  const store = browserSnapshotStore();
  expect(await store.load("one")).toEqual(kept);
  expect(await store.load("two")).toBeNull();
  await store.forget("one");
  expect(await store.load("one")).toBeNull();
});

test.each([
  { ...kept, shape: 2 },
  { shape: 1, keptAt: 5 },
  { ...kept, shape: 1, snapshot: { ...kept.snapshot, clockOffset: -1 } },
  { ...kept, shape: 1, snapshot: { ...kept.snapshot, databases: { primary: "text" } } },
  "nonsense",
])("what has another shape is not read: %o", async (value) => {
  await browserSnapshotStore().load("one");
  const database = await openDB("perform-later");
  await database.put("snapshots", value, "odd");
  expect(await browserSnapshotStore().load("odd")).toBeNull();
});

describe("a store that saves in a worker", () => {
  /** Answers as the worker would, with the problem that it is told to have. */
  class FakeWorker implements SaveWorker {
    onmessage: SaveWorker["onmessage"] = null;
    onerror: SaveWorker["onerror"] = null;
    readonly requests: SaveRequest[] = [];

    postMessage(request: SaveRequest, transfer: Transferable[]): void {
      this.requests.push(structuredClone(request, { transfer }));
    }

    answer(id: number, problem: string | null): void {
      this.onmessage?.(new MessageEvent("message", { data: { id, problem } }));
    }
  }

  const fresh = () => structuredClone(kept);

  test("gives the bytes away, and is done when the worker is", async () => {
    const worker = new FakeWorker();
    const store = savingInWorker(browserSnapshotStore(), () => worker);
    const snapshot = fresh();
    const saved = store.save("one", snapshot);
    expect(worker.requests).toEqual([{ id: 1, slug: "one", kept }]);
    expect(snapshot.snapshot.databases.primary.length).toBe(0);
    worker.answer(1, null);
    await saved;
    const refused = store.save("one", fresh());
    worker.answer(2, "no room");
    await expect(refused).rejects.toThrow("no room");
  });

  test("says that its worker broke, and starts another one for the next", async () => {
    const workers: FakeWorker[] = [];
    const store = savingInWorker(browserSnapshotStore(), () => {
      workers.push(new FakeWorker());
      return workers.at(-1) as FakeWorker;
    });
    const lost = store.save("one", fresh());
    workers[0]?.onerror?.({ message: "no script" } as ErrorEvent);
    await expect(lost).rejects.toThrow("no script");
    const saved = store.save("one", fresh());
    workers[1]?.answer(2, null);
    await saved;
  });
});
