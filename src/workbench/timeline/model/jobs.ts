import type {
  EnqueueOrigin,
  EventJob,
  EventOrigin,
  SandboxEvent,
} from "../../../sandbox/events.ts";
import type { JobBar, JobEndKind, Segment, SegmentState, TimelineState } from "./types.ts";

/** Kept of a job's statements that found nothing. */
export const KEPT_EMPTY = 20;

const keyOf = (job: EventJob) => String(job.jobId ?? job.activeJobId);

/** The job that did it, if it is known. */
export function performing(
  state: TimelineState,
  { jobId, activeJobId }: EventOrigin,
): JobBar | undefined {
  const key = jobId ?? activeJobId;
  return key === null ? undefined : state.jobs.get(String(key));
}

/** It lives in the memory of a process (`:async`, `:inline`), and in no table. */
export const isInMemory = (job: JobBar) => job.jobId === null && job.activeJobId !== null;

/** The job of that key. Events of two processes may come in another order than they happened in. */
export function jobOf(state: TimelineState, key: string): JobBar {
  const known = state.jobs.get(key);
  if (known) return known;
  const job: JobBar = {
    key,
    jobId: null,
    activeJobId: null,
    className: null,
    queueName: null,
    enqueuedAt: null,
    dueAt: null,
    origin: null,
    originLane: null,
    rowInTransaction: false,
    concurrencyKey: null,
    execution: null,
    segments: [],
    ends: [],
    error: null,
    empty: [],
    run: null,
  };
  state.jobs.set(key, job);
  return job;
}

/** The job that an event names. Ids of rows begin anew where the queue's tables move to another database. */
export function named(state: TimelineState, job: EventJob): JobBar {
  const key = keyOf(job);
  const known = state.jobs.get(key);
  if (known?.activeJobId && known.activeJobId !== job.activeJobId) setAside(state, known);
  return jobOf(state, key);
}

/** It stays in the picture, but no event will mean it any more. */
function setAside(state: TimelineState, job: JobBar): void {
  state.jobs.delete(job.key);
  job.key = `${job.key} ${job.activeJobId}`;
  state.jobs.set(job.key, job);
}

/** What the event says of the job itself. */
export function describe(job: JobBar, { jobId, activeJobId, className, queueName }: EventJob) {
  Object.assign(job, { jobId, activeJobId, className, queueName });
}

export function enqueue(
  job: JobBar,
  event: SandboxEvent & EnqueueOrigin,
  dueAt: number | null,
  lane: string,
): void {
  const { origin, rowInTransaction, time } = event;
  Object.assign(job, { origin, rowInTransaction, dueAt, enqueuedAt: time, originLane: lane });
  const next = job.segments[0];
  const state: SegmentState = dueAt === null ? "ready" : "scheduled";
  const waiting: Segment = { state, from: time, until: null, lane: null, torn: false };
  if (!next) job.segments.push(waiting);
  else if (next.from > time) job.segments.unshift({ ...waiting, until: next.from });
  // A retry in memory is the same job; in a table it is the next row.
  else if (isInMemory(job) && job.segments.at(-1)?.until !== null) job.segments.push(waiting);
}

/** The job goes on in another state. */
export function enter(job: JobBar, state: SegmentState, time: number, lane: string | null): void {
  const last = job.segments.at(-1);
  if (last?.state === state && last.until === null) return;
  if (last && last.until === null) last.until = Math.max(last.from, time);
  job.segments.push({ state, from: time, until: null, lane, torn: false });
}

/** Its code has ended; what comes of it is told a little later. */
export function stopRunning(job: JobBar, time: number): void {
  const last = job.segments.at(-1);
  if (last && last.until === null) last.until = Math.max(last.from, time);
}

/** In memory nothing but the end of its code tells that it is over. */
export function endInMemory(job: JobBar, kind: JobEndKind, time: number): void {
  if (isInMemory(job)) end(job, kind, time);
}

/** It raised, and already waits for its next attempt. */
export function retryInMemory(job: JobBar): void {
  const time = ranUntil(job) ?? job.segments.at(-1)?.from ?? 0;
  if (job.ends.at(-1)?.time === time) job.ends.pop();
  job.ends.push({ kind: "retried", time, lane: laneOf(job) });
}

/** How its row ended. The mark stands where its code ended, if that was just now. */
export function end(job: JobBar, kind: JobEndKind, time: number): void {
  const last = job.segments.at(-1);
  const wasOpen = last?.until === null;
  if (last && wasOpen) last.until = Math.max(last.from, time);
  const isLate = last?.torn === true || (last !== undefined && wasOpen && last.state !== "running");
  const at = isLate ? time : (last?.until ?? time);
  const previous = job.ends.at(-1);
  // The row of an attempt that is retried or discarded finishes as well: that is not its end in words.
  if (previous && previous.time >= (last?.from ?? 0)) {
    if (kind !== "finished") job.ends[job.ends.length - 1] = { ...previous, kind };
    return;
  }
  job.ends.push({ kind, time: at, lane: laneOf(job) });
}

/** The newest lane that had it. */
export function laneOf(job: JobBar): string | null {
  return job.segments.findLast(({ lane }) => lane !== null)?.lane ?? null;
}

/** When its code last began to run. */
export function startedAt(job: JobBar): number | null {
  return job.segments.findLast(({ state }) => state === "running")?.from ?? null;
}

/** When its code last ended; null while it runs, or when it never ran. */
export function ranUntil(job: JobBar): number | null {
  return job.segments.findLast(({ state }) => state === "running")?.until ?? null;
}

/**
 * Where it is now, or how it ended. `left`: claimed by a worker that was killed; `lost`: it was in the
 * memory of a process that has ended.
 */
export function stateOf(job: JobBar): SegmentState | JobEndKind | "left" | "lost" {
  const last = job.segments.at(-1);
  const ended = job.ends.at(-1);
  if (last?.torn && isInMemory(job)) return "lost";
  if (ended && (!last || last.until !== null)) return ended.kind;
  return last?.torn ? "left" : (last?.state ?? "ready");
}

/** The first and the last moment of it; the last is null while it waits or runs. */
export function spanOf(job: JobBar): { from: number; until: number | null } {
  const first = job.segments[0];
  const last = job.segments.at(-1);
  const ended = job.ends.at(-1)?.time ?? null;
  const until = last && last.until === null ? null : Math.max(last?.until ?? 0, ended ?? 0);
  return { from: first?.from ?? job.enqueuedAt ?? ended ?? 0, until };
}
