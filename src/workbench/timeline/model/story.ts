import { duration } from "../../format.ts";
import { laneTitle } from "./lanes.ts";
import { missOf } from "./misses.ts";
import { rowsOf, wrote } from "./transactions.ts";
import type { JobBar, Run, SegmentState, TimelineState, TransactionMark } from "./types.ts";

/** One line of the table that tells a run without the drawing. */
export interface StoryLine {
  /** Sandbox time in ms. */
  time: number;
  where: string;
  what: string;
}

/** More lines than these are not told. */
const MOST = 300;

const STATES: Record<SegmentState, string> = {
  scheduled: "is scheduled",
  ready: "is ready",
  blocked: "is blocked",
  claimed: "is claimed",
  running: "starts to run",
};

/** What happened in a run, in order. */
export function storyOf(state: TimelineState, run: Run): StoryLine[] {
  const lines: StoryLine[] = [];
  const where = (id: string | null) => {
    const lane = id === null ? undefined : state.lanes.get(id);
    if (!lane) return "queue";
    const { name, detail } = laneTitle(lane, []);
    return lane.kind === "worker" ? `${name} (${detail})` : name;
  };
  const say = (time: number, lane: string | null, what: string) =>
    lines.push({ time, where: where(lane), what });

  const { request } = run;
  if (request) {
    const name = `${request.method} ${request.path}`;
    say(request.from, request.lane, `${name} begins`);
    if (request.until !== null) {
      say(
        request.until,
        request.lane,
        request.torn
          ? `${name} ends with its process`
          : `${name} is answered with ${request.status ?? "nothing"}`,
      );
    }
  }
  for (const mark of run.transactions) if (wrote(mark)) tellTransaction(mark, say);
  for (const job of run.jobs.slice(0, MOST)) tellJob(state, job, say);
  for (const { kind, time, lane, text } of state.moments) {
    const isNear = time >= run.from && time <= run.lastAt;
    if (isNear && (kind === "killed" || kind === "pruned")) say(time, lane, text);
  }
  return lines.sort((a, b) => a.time - b.time).slice(0, MOST);
}

type Say = (time: number, lane: string | null, what: string) => void;

function tellTransaction({ from, until, end, torn, lane, bands }: TransactionMark, say: Say) {
  say(from, lane, "BEGIN: a transaction opens");
  for (const band of bands) say(band.from, lane, `${band.operation}s ${rowsOf(band)}`);
  if (until === null) return;
  const open = `open for ${duration(until - from)}`;
  if (end === "committed") say(until, lane, `COMMIT: all can see what it wrote (${open})`);
  else say(until, lane, `ROLLBACK${torn ? " by KILL" : ""}: nothing of it remains (${open})`);
}

function tellJob(state: TimelineState, job: JobBar, say: Say) {
  const name = job.className ?? "the job";
  if (job.enqueuedAt !== null) say(job.enqueuedAt, job.originLane, `enqueues ${name}`);
  job.segments.forEach((segment, index) => {
    if (index > 0) say(segment.from, segment.lane, `${name} ${STATES[segment.state]}`);
    if (segment.torn && segment.until !== null)
      say(segment.until, segment.lane, `${name} is cut off`);
  });
  const miss = missOf(state, job);
  if (miss) {
    const lane = job.segments.findLast(({ state: now }) => now === "running")?.lane ?? null;
    const look = miss.statement.operation.toUpperCase();
    say(
      miss.statement.time,
      lane,
      `${look} finds no ${miss.row}: ${WHY[miss.kind](miss.until, miss.from)}`,
    );
  }
  for (const { kind, time, lane } of job.ends) {
    const why = kind !== "finished" && job.error ? `: ${job.error.message}` : "";
    say(time, lane, `${name} ${END[kind]}${why}`);
  }
}

const WHY = {
  early: (until: number | null, from: number) =>
    `it is committed ${duration((until ?? from) - from)} after the job`,
  pending: () => "it is not committed yet",
  gone: () => "it was rolled back",
};

const END = {
  finished: "is finished",
  failed: "has failed",
  retried: "raised and will run again",
  discarded: "is discarded",
};
