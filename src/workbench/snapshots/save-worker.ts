/** Entry of the Web Worker that writes snapshots: copying some megabytes into IndexedDB takes frames from the page. */
import type { SaveAnswer, SaveRequest } from "./save-in-worker.ts";
import { browserSnapshotStore } from "./store.ts";

const store = browserSnapshotStore();

onmessage = ({ data: { id, slug, kept } }: MessageEvent<SaveRequest>) => {
  const answer = (problem: string | null) => postMessage({ id, problem } satisfies SaveAnswer);
  store.save(slug, kept).then(
    () => answer(null),
    (reason: unknown) => answer(reason instanceof Error ? reason.message : String(reason)),
  );
};
