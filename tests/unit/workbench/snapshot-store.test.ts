import "fake-indexeddb/auto";
import { openDB } from "idb";
import { expect, test } from "vitest";
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
