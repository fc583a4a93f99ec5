/** A store that writes in a Web Worker: the bytes go there without being copied. */
import type { KeptSnapshot, SnapshotStore } from "./store.ts";

export interface SaveRequest {
  id: number;
  slug: string;
  kept: KeptSnapshot;
}

export interface SaveAnswer {
  id: number;
  /** Why it could not be written; null when it was. */
  problem: string | null;
}

/** The part of a `Worker` that is used. */
export interface SaveWorker {
  postMessage(request: SaveRequest, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<SaveAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/**
 * Reads and forgets as `store` does.
 * @param startWorker called at the first save, and at the next one after a worker broke
 */
export function savingInWorker(
  store: SnapshotStore,
  startWorker: () => SaveWorker = startSaveWorker,
): SnapshotStore {
  const waiting = new Map<number, PromiseWithResolvers<void>>();
  let worker: SaveWorker | null = null;
  let lastId = 0;

  function start(): SaveWorker {
    const started = startWorker();
    started.onmessage = ({ data: { id, problem } }) => {
      const saved = waiting.get(id);
      waiting.delete(id);
      if (problem === null) saved?.resolve();
      else saved?.reject(new Error(problem));
    };
    started.onerror = ({ message }) => {
      worker = null;
      const error = new Error(message || "the worker that writes them could not be loaded");
      for (const saved of waiting.values()) saved.reject(error);
      waiting.clear();
    };
    return started;
  }

  return {
    load: (slug) => store.load(slug),
    forget: (slug) => store.forget(slug),
    async save(slug, kept) {
      worker ??= start();
      const id = ++lastId;
      const saved = Promise.withResolvers<void>();
      waiting.set(id, saved);
      worker.postMessage({ id, slug, kept }, buffersOf(kept));
      await saved.promise;
    },
  };
}

function buffersOf({ snapshot }: KeptSnapshot): ArrayBuffer[] {
  return Object.values(snapshot.databases).map(({ buffer }) => buffer as ArrayBuffer);
}

function startSaveWorker(): SaveWorker {
  return new Worker(new URL("./save-worker.ts", import.meta.url), { type: "module" });
}
