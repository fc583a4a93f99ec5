import type { EventType, SandboxEvent } from "../../sandbox/events.ts";

/** One request and the job that it enqueued, in whole ms since the request's transaction was opened. */
export interface Run {
  callback: string;
  /** When the request has called perform_later. */
  enqueuedAt: number;
  /** When a worker starts the job, and when the job ends. */
  startedAt: number;
  endedAt: number;
  end: "failed" | "finished";
  /** Class of the exception that it failed with. */
  error: string | null;
  /** When the transaction commits, and when the response goes out. */
  committedAt: number;
  respondedAt: number;
}

type EventOf<T extends EventType> = Extract<SandboxEvent, { type: T }>;

/**
 * Reads the first request that created a photo, its transaction and its job from what a sandbox told.
 * @returns null while one of them has not come to its end
 */
export function readRun(events: readonly SandboxEvent[], callback: string): Run | null {
  const find = <T extends EventType>(type: T, fits: (event: EventOf<T>) => boolean) =>
    events.find((event): event is EventOf<T> => event.type === type && fits(event as EventOf<T>));

  const insert = find(
    "statement",
    ({ operation, table, origin }) =>
      operation === "insert" && table === "photos" && origin.requestId !== null,
  );
  if (!insert) return null;
  const { requestId, transaction } = insert.origin;
  const opened = find("transaction.opened", (event) => event.transaction === transaction);
  const committed = find("transaction.committed", (event) => event.transaction === transaction);
  const responded = find("request.finished", (event) => event.requestId === requestId);
  const enqueued = find("job.enqueued", ({ origin }) => origin.requestId === requestId);
  if (!opened || !committed || !responded || !enqueued) return null;

  const { activeJobId, jobId } = enqueued.job;
  const started = find("job.started", ({ job }) => job.activeJobId === activeJobId);
  const performed = find("job.performed", ({ job }) => job.activeJobId === activeJobId);
  const failed = find("job.failed", ({ jobIds }) => jobId !== null && jobIds.includes(jobId));
  const ended = failed ?? performed;
  if (!started || !ended) return null;

  const at = ({ time }: SandboxEvent) => Math.round(time - opened.time);
  return {
    callback,
    enqueuedAt: at(enqueued),
    startedAt: at(started),
    endedAt: at(ended),
    end: failed ? "failed" : "finished",
    error: failed?.error.className ?? null,
    committedAt: at(committed),
    respondedAt: at(responded),
  };
}
