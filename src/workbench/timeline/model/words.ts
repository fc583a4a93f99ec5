/** What the marks say when they are pointed at, and the table of the same things. */
import { clockTime, duration } from "../../format.ts";
import type { MarkInfo } from "../scene/types.ts";
import { laneOf, ranUntil, spanOf, startedAt, stateOf } from "./jobs.ts";
import { missOf } from "./misses.ts";
import { rowsOf } from "./transactions.ts";
import type {
  JobBar,
  Moment,
  RequestBar,
  RowBand,
  TimelineState,
  TransactionMark,
} from "./types.ts";

const after = (from: number | null, until: number | null) =>
  from === null || until === null ? "" : duration(until - from);

export function requestInfo(bar: RequestBar): MarkInfo {
  const { id, lane, method, path, from, until, status, torn } = bar;
  const took =
    until === null ? "is being answered" : `${status ?? "no"} answer after ${after(from, until)}`;
  return {
    id: `request ${id}`,
    time: from,
    lane,
    title: `${method} ${path}`,
    lines: [`from ${clockTime(from)}`, torn ? "its process was killed" : took],
    activeJobId: null,
    location: null,
  };
}

export function transactionInfo(mark: TransactionMark): MarkInfo {
  const { id, lane, from, until, end, torn, bands, enqueued, origin } = mark;
  const open = after(from, until);
  const outcome = {
    committed: `COMMIT after ${open}`,
    rolledBack: `ROLLBACK after ${open}${torn ? ": its process was killed" : ""}`,
    open: "still open",
  }[end ?? "open"];
  const jobs = enqueued.map(({ className }) => className ?? "a job");
  const undone = mark.savepoints.filter(({ rolledBack }) => rolledBack).length;
  return {
    id: `transaction ${id} ${from}`,
    time: from,
    lane,
    title: "Transaction",
    lines: [
      `BEGIN ${clockTime(from)}`,
      outcome,
      ...bands.map((band) => `${VERBS[band.operation]} ${rowsOf(band)}`),
      ...(jobs.length > 0 ? [`enqueued meanwhile: ${listed(jobs)}`] : []),
      ...(undone > 0 ? [`savepoints rolled back: ${undone}`] : []),
    ],
    activeJobId: null,
    location: origin?.location ?? null,
  };
}

const VERBS = { insert: "inserted", update: "changed", delete: "deleted" } as const;

function listed(names: string[]): string {
  const shown = [...new Set(names)].slice(0, 3).join(", ");
  return names.length > 1 ? `${shown} (${names.length})` : shown;
}

export function bandInfo(band: RowBand, mark: TransactionMark, who: string): MarkInfo {
  const seen = {
    committed: `all can see this since ${clockTime(mark.until ?? 0)}`,
    rolledBack: "rolled back: it is as if it had never been",
    open: `only ${who} can see this until the COMMIT`,
  }[mark.end ?? "open"];
  return {
    id: `rows ${mark.id} ${mark.from} ${band.table}`,
    time: band.from,
    lane: "database",
    title: `${VERBS[band.operation]} ${rowsOf(band)}`,
    lines: [`at ${clockTime(band.from)}`, seen],
    activeJobId: null,
    location: mark.origin?.location ?? null,
  };
}

export function jobInfo(state: TimelineState, job: JobBar): MarkInfo {
  const started = startedAt(job);
  const until = ranUntil(job);
  const miss = missOf(state, job);
  const left = stateOf(job) === "left";
  const lost = stateOf(job) === "lost";
  const lines = [
    job.enqueuedAt === null ? "" : `enqueued ${clockTime(job.enqueuedAt)}`,
    job.dueAt === null ? "" : `due ${clockTime(job.dueAt)}`,
    started === null
      ? ""
      : `waited ${after(job.dueAt ?? job.enqueuedAt, started) || "an unknown time"}`,
    started === null ? "" : until === null ? "runs" : `ran ${after(started, until)}`,
    job.concurrencyKey === null ? "" : `concurrency key ${job.concurrencyKey}`,
    miss?.kind === "early"
      ? `${after(miss.from, miss.until)} before the ${miss.row} was committed`
      : "",
    miss?.kind === "gone" ? `looked for a ${miss.row} that was rolled back` : "",
    left ? "its worker was killed: it stays claimed until the worker is pruned" : "",
    lost ? "it was in the memory of a process that has ended: nothing knows of it now" : "",
    job.error ? `${job.error.className}: ${job.error.message}` : "",
  ];
  const word = left ? "left behind" : stateOf(job);
  return {
    id: `job ${job.key}`,
    time: spanOf(job).from,
    lane: laneOf(job) ?? "",
    title: `${job.className ?? "Job"}, ${word}`,
    lines: lines.filter((line) => line !== ""),
    activeJobId: job.activeJobId,
    location: job.origin?.location ?? null,
  };
}

export function momentInfo({ seq, time, lane, kind, text }: Moment): MarkInfo {
  const lines =
    kind === "killed"
      ? [`at ${clockTime(time)}`, "nothing of it ran after this"]
      : [`at ${clockTime(time)}`];
  return {
    id: `moment ${seq} ${lane}`,
    time,
    lane,
    title: text,
    lines,
    activeJobId: null,
    location: null,
  };
}
