/** Where a lesson's databases are kept between two visits: IndexedDB, through the library `idb`. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Snapshot } from "../../sandbox/sandbox.ts";

export interface KeptSnapshot {
  /** When it was kept: ms since the Unix epoch, by the machine's clock. */
  keptAt: number;
  snapshot: Snapshot;
}

export interface SnapshotStore {
  /** What is kept for the lesson; null when nothing is, or nothing that can be read. */
  load(slug: string): Promise<KeptSnapshot | null>;
  /**
   * Rejects when the browser refuses, for example for want of room. The snapshot is given away: its bytes may
   * have moved to another thread.
   */
  save(slug: string, kept: KeptSnapshot): Promise<void>;
  forget(slug: string): Promise<void>;
}

/** Version of the shape below. What has another one is not read. */
const SHAPE = 1;

interface Stored extends KeptSnapshot {
  shape: number;
}

interface Schema extends DBSchema {
  snapshots: { key: string; value: Stored };
}

/** The browser's own store. Opened when first used. */
export function browserSnapshotStore(): SnapshotStore {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const open = () =>
    (opened ??= openDB<Schema>("perform-later", 1, {
      upgrade: (database) => void database.createObjectStore("snapshots"),
      // Another tab wants a newer version, or the browser has closed it: open again when needed.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      terminated: () => (opened = null),
    }));
  return {
    async load(slug) {
      const stored: unknown = await (await open()).get("snapshots", slug);
      return isStored(stored) ? { keptAt: stored.keptAt, snapshot: stored.snapshot } : null;
    },
    async save(slug, kept) {
      await (await open()).put("snapshots", { shape: SHAPE, ...kept }, slug);
    },
    async forget(slug) {
      await (await open()).delete("snapshots", slug);
    },
  };
}

/** For pages without a browser, and for tests. */
export function memorySnapshotStore(): SnapshotStore {
  const kept = new Map<string, KeptSnapshot>();
  return {
    load: (slug) => Promise.resolve(kept.get(slug) ?? null),
    save: (slug, snapshot) => Promise.resolve(void kept.set(slug, snapshot)),
    forget: (slug) => Promise.resolve(void kept.delete(slug)),
  };
}

function isStored(value: unknown): value is Stored {
  const stored = value as Partial<Stored> | undefined;
  const snapshot = stored?.snapshot as Partial<Snapshot> | undefined;
  if (stored?.shape !== SHAPE || typeof stored.keptAt !== "number") return false;
  if (typeof snapshot?.image !== "string" || !Number.isFinite(snapshot.clockOffset)) return false;
  const { databases, clockOffset, nextPid } = snapshot as Snapshot;
  return (
    clockOffset >= 0 &&
    Number.isSafeInteger(nextPid) &&
    typeof databases === "object" &&
    databases !== null &&
    Object.values(databases).every((bytes) => bytes instanceof Uint8Array)
  );
}
