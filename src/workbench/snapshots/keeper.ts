/** Keeps a lesson's databases in the browser while it runs, so that a reload finds them as they were. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";
import type { SnapshotStore } from "./store.ts";

/** Quiet after a change before it is kept, and the longest that a change waits, in ms. */
const QUIET_MS = 300;
const LONGEST_MS = 5_000;

export interface SnapshotKeeper {
  /** Why the newest attempt failed, as a sentence; null when it did not. */
  problem: ReadonlySignal<string | null>;
  /** Keeps at once what has changed. */
  flush(): Promise<void>;
  /** Keeps no more. */
  dispose(): void;
}

interface KeeperOptions {
  sandbox: Pick<Sandbox, "events" | "snapshot">;
  store: SnapshotStore;
  slug: string;
}

export function createSnapshotKeeper({ sandbox, store, slug }: KeeperOptions): SnapshotKeeper {
  const problem = signal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let changedAt: number | null = null;
  let saving: Promise<void> | null = null;
  let disposed = false;

  function schedule() {
    const now = Date.now();
    changedAt ??= now;
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), Math.min(QUIET_MS, changedAt + LONGEST_MS - now));
  }

  async function save() {
    changedAt = null;
    try {
      const snapshot = await sandbox.snapshot();
      if (!disposed) await store.save(slug, { keptAt: Date.now(), snapshot });
      problem.value = null;
    } catch (reason) {
      problem.value = `The databases are not kept for your next visit: ${sentence(reason)}`;
    } finally {
      saving = null;
    }
  }

  /** One save after the other: a change during one is kept by the next. */
  async function flush(): Promise<void> {
    clearTimeout(timer);
    await saving;
    if (disposed || changedAt === null) return;
    await (saving = save());
  }

  const unsubscribe = sandbox.events.subscribe(({ type }) => {
    if (type === "rows.changed" || type === "clock.advanced") schedule();
    if (type === "database.stopped") dispose();
  });
  const stopListening = onLeaving(() => void flush());

  function dispose() {
    disposed = true;
    clearTimeout(timer);
    unsubscribe();
    stopListening();
  }

  return { problem, flush, dispose };
}

/** Calls back when the page may be about to end: no later event is certain to come. */
function onLeaving(callback: () => void): () => void {
  if (typeof document === "undefined") return () => undefined;
  const hidden = () => {
    if (document.visibilityState === "hidden") callback();
  };
  document.addEventListener("visibilitychange", hidden);
  addEventListener("pagehide", callback);
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    removeEventListener("pagehide", callback);
  };
}
