import { missOf, type Miss } from "../model/misses.ts";
import { sortedLanes, laneTitle, DATABASE_LANE, QUEUE_LANE, createLane } from "../model/lanes.ts";
import { isInMemory, laneOf, spanOf } from "../model/jobs.ts";
import { wrote } from "../model/transactions.ts";
import type { JobBar, Lane, TimelineState, TransactionMark } from "../model/types.ts";
import { placeBands, type PlacedBand } from "./bands.ts";
import type { Scale } from "./scale.ts";
import { Slots } from "./slots.ts";

/** More jobs than these in one lane are drawn as columns of how many there are. */
export const MOST_JOBS = 120;
/** Jobs below each other in a lane. */
const MOST_SLOTS = 6;

export interface PlacedJob {
  job: JobBar;
  slot: number;
  /** Its waiting has room; else only its run is drawn. */
  waits: boolean;
  miss: Miss | null;
}

/** What is to be drawn in a lane. */
export interface LaneContent {
  lane: Lane;
  name: string;
  detail: string;
  transactions: TransactionMark[];
  jobs: PlacedJob[];
  /** All jobs of a lane that has too many, instead of `jobs`. */
  crowd: JobBar[];
  /** Nothing of the window happens in it, or only what needs little room. */
  quiet: boolean;
  /** Jobs that found no place. */
  left: number;
  slots: number;
  /** What the transactions of the database's lane wrote. */
  bands: PlacedBand[];
  looks: boolean;
}

/** What of the model lies within the window, lane by lane, in the order of the lanes. */
export function contentsOf(state: TimelineState, scale: Scale, now: number): LaneContent[] {
  const inWindow = (from: number, until: number | null) =>
    from <= scale.until && (until ?? now) >= scale.from;
  const transactions = state.transactions.filter(
    (mark) => wrote(mark) && inWindow(mark.from, mark.until),
  );
  const jobs = visibleJobs(state, inWindow, now);
  const tables = [...new Set(transactions.flatMap(({ bands }) => bands.map(({ table }) => table)))];
  const byLane = Map.groupBy(jobs, (job) => laneIdOf(state, job));
  const lanes = sortedLanes(state.lanes.values()).filter(
    (lane) => lane.kind === "database" || inWindow(lane.from, lane.until),
  );
  if (byLane.has(QUEUE_LANE)) lanes.push(createLane("queue", { id: QUEUE_LANE }));

  return sortedLanes(lanes)
    .filter((lane) => lane.kind !== "console" || hasContent(lane, transactions, jobs))
    .map((lane) => {
      const own = byLane.get(lane.id) ?? [];
      const taking = own.length > MOST_JOBS ? own.filter((job) => isTaken(job, scale, now)) : own;
      const rest = own.length - taking.length;
      const isDatabase = lane.id === DATABASE_LANE;
      const placed =
        taking.length > MOST_JOBS ? crowded(own) : place(state, taking, scale, now, rest);
      return {
        lane,
        ...laneTitle(lane, tables),
        transactions: isDatabase ? transactions : transactions.filter((t) => t.lane === lane.id),
        bands: isDatabase ? placeBands(state, transactions, scale, now) : [],
        quiet: isQuiet(state, lane, own, transactions, inWindow),
        looks: placed.jobs.some(({ miss }) => miss !== null),
        ...placed,
      };
    });
}

function visibleJobs(
  state: TimelineState,
  inWindow: (from: number, until: number | null) => boolean,
  now: number,
): JobBar[] {
  const jobs: JobBar[] = [];
  for (const job of state.jobs.values()) {
    const { from, until } = spanOf(job);
    if (job.segments.length > 0 && inWindow(from, until ?? now)) jobs.push(job);
  }
  return jobs;
}

/** The lane that has the job; while nobody has it, the worker that is likely to. */
function laneIdOf(state: TimelineState, job: JobBar): string {
  const own = laneOf(job);
  if (own !== null) return own;
  if (isInMemory(job) && job.originLane !== null) return job.originLane;
  for (const lane of state.lanes.values()) {
    if (lane.kind === "worker" && lane.until === null) return lane.id;
  }
  return QUEUE_LANE;
}

function isQuiet(
  state: TimelineState,
  lane: Lane,
  jobs: JobBar[],
  transactions: TransactionMark[],
  inWindow: (from: number, until: number | null) => boolean,
): boolean {
  if (lane.id === DATABASE_LANE) return transactions.length === 0;
  if (jobs.length > 0 || transactions.some((mark) => mark.lane === lane.id)) return false;
  for (const request of state.requests.values()) {
    if (request.lane === lane.id && inWindow(request.from, request.until)) return false;
  }
  return true;
}

function hasContent(lane: Lane, transactions: TransactionMark[], jobs: JobBar[]): boolean {
  return (
    transactions.some((mark) => mark.lane === lane.id) ||
    jobs.some(({ originLane }) => originLane === lane.id)
  );
}

type Placed = Pick<LaneContent, "jobs" | "crowd" | "left" | "slots">;

const crowded = (crowd: JobBar[]): Placed => ({ jobs: [], crowd, left: 0, slots: 2 });

/** Gives each job a place; first with its waiting, where there is room for that. */
function place(
  state: TimelineState,
  jobs: JobBar[],
  scale: Scale,
  now: number,
  rest: number,
): Placed {
  const slots = new Slots(MOST_SLOTS);
  const placed: PlacedJob[] = [];
  let left = rest;
  const inOrder = jobs
    .map((job) => ({ job, miss: missOf(state, job), ...spanOf(job) }))
    .sort((a, b) => (taken(a.job) ?? a.from) - (taken(b.job) ?? b.from));
  /** So much time is kept free behind a bar for its mark. */
  const margin = 14 / scale.pxPerMs;
  for (const { job, miss, from, until } of inOrder) {
    const end =
      Math.max(until ?? now, miss?.until ?? 0, miss?.kind === "pending" ? now : 0) + margin;
    const withWaiting = rest > 0 ? null : slots.take(from, end);
    const slot = withWaiting ?? slots.take(taken(job) ?? from, end);
    if (slot === null) left++;
    else placed.push({ job, slot, miss, waits: withWaiting !== null });
  }
  return { jobs: placed, crowd: [], left, slots: Math.max(1, slots.used) };
}

/** A worker has it at some time in the window. */
function isTaken(job: JobBar, scale: Scale, now: number): boolean {
  return job.segments.some(
    ({ lane, from, until }) => lane !== null && from <= scale.until && (until ?? now) >= scale.from,
  );
}

function taken(job: JobBar): number | null {
  return job.segments.find(({ lane }) => lane !== null)?.from ?? null;
}
