import { clockTime, count, duration } from "../../format.ts";
import type { State } from "../../states/states.ts";
import { ranUntil, startedAt, stateOf } from "./jobs.ts";
import { missOf, type Miss } from "./misses.ts";
import { singular, wrote } from "./transactions.ts";
import type { JobBar, Lane, Run, TimelineState } from "./types.ts";

/** What a run shows, as one sentence, and the state whose mark stands before it. */
export interface RunSentence {
  state: State | null;
  text: string;
}

/** The most telling thing of a run: a job that came too early, a kill, a failure, then the rest. */
export function sentenceOf(state: TimelineState, run: Run | null): RunSentence {
  if (!run) return { state: null, text: "Nothing has run yet." };
  const misses = run.jobs.map((job) => missOf(state, job)).filter((miss) => miss !== null);
  const [miss] = misses;
  if (miss) return { state: stateMark(miss.job), text: missed(miss, run) };
  return oneJob(run.jobs) ?? manyJobs(run.jobs) ?? withoutJob(run, state.lanes.get(run.lane));
}

function missed({ kind, row, from, until, job }: Miss, run: Run): string {
  const who = run.jobs.length === 1 ? "The job" : (job.className ?? "A job");
  if (kind === "gone") return `${who} looked for a ${row} that was rolled back.`;
  if (kind === "pending") return `${who} ran, and the ${row} is still not committed.`;
  return `${who} ran ${duration((until ?? from) - from)} before the ${row} was committed.`;
}

/** How a job stands, in the vocabulary of the marks. */
function stateMark(job: JobBar): State {
  const now = stateOf(job);
  if (now === "lost") return "discarded";
  return now === "left" ? "claimed" : now;
}

/** As it is counted: a job that is lost was given up by nobody. */
const wordOf = (job: JobBar) => (stateOf(job) === "lost" ? "lost" : stateMark(job));

function oneJob(jobs: JobBar[]): RunSentence | null {
  // All attempts of one job are one story; the newest tells its end.
  const ids = new Set(jobs.map(({ activeJobId }) => activeJobId));
  const job = jobs.at(-1);
  if (!job || ids.size !== 1) return null;
  return { state: stateMark(job), text: ofJob(job, jobs.length) };
}

function ofJob(job: JobBar, attempts: number): string {
  const name = job.className ?? "The job";
  const why = job.error ? `: ${firstLine(job.error.message)}` : "";
  const times = attempts > 1 ? ` on attempt ${attempts}` : "";
  switch (stateOf(job)) {
    case "scheduled":
      return attempts > 1
        ? `${name} raised, and runs again at ${clockTime(job.dueAt ?? 0, false)}.`
        : `${name} is scheduled for ${clockTime(job.dueAt ?? 0, false)}.`;
    case "ready":
      return `${name} waits for a worker.`;
    case "blocked":
      return `${name} is blocked: another job holds ${job.concurrencyKey ?? "its key"}.`;
    case "claimed":
      return `${name} is claimed, and about to run.`;
    case "running":
      return `${name} runs.`;
    case "lost":
      return `The process that had ${name} in its memory has ended: the job is lost.`;
    case "left":
      return `The worker was killed, and ${name} stays claimed.`;
    case "failed":
      if (job.error?.className.endsWith("ProcessPrunedError")) {
        return `The worker died with ${name} in hand, and was pruned: the job failed.`;
      }
      return `${name} failed${times}${why || "."}`;
    case "retried":
      return `${name} raised, and will run again${why || "."}`;
    case "discarded":
      return `${name} was discarded${why || "."}`;
    case "finished":
      return finished(job, name, times);
  }
}

function finished(job: JobBar, name: string, times: string): string {
  const started = startedAt(job);
  const until = ranUntil(job);
  if (started === null || until === null) return `${name} finished${times}.`;
  const ran = duration(until - started);
  const transaction = job.run?.transactions.find(
    ({ end, until: at, bands }) => end === "committed" && at !== null && at <= started && bands[0],
  );
  const [band] = transaction?.bands ?? [];
  if (transaction?.until && band && job.origin?.transaction === null) {
    const gap = duration(started - transaction.until);
    return `The job started ${gap} after the ${singular(band.table)} was committed, and finished${times}.`;
  }
  const waited = job.enqueuedAt === null ? "" : `waited ${duration(started - job.enqueuedAt)}, `;
  return `${name} ${waited}ran for ${ran} and finished${times}.`;
}

function manyJobs(jobs: JobBar[]): RunSentence | null {
  if (jobs.length === 0) return null;
  const numbers = new Map<State | "lost", number>();
  for (const job of jobs) {
    const word = wordOf(job);
    numbers.set(word, (numbers.get(word) ?? 0) + 1);
  }
  const parts = [...numbers].map(([word, number]) => `${number.toLocaleString("en")} ${word}`);
  const worst = (["failed", "lost", "running", "ready"] as const).find((word) => numbers.has(word));
  const because = numbers.has("lost")
    ? ", because they were in the memory of a process that ended"
    : "";
  const text = `${count(jobs.length, "job")}: ${parts.join(", ")}${because}.`;
  const shown = worst ?? [...numbers.keys()][0] ?? null;
  return { state: shown === "lost" ? "discarded" : shown, text };
}

function withoutJob(run: Run, lane: Lane | undefined): RunSentence {
  const rolledBack = run.transactions.find((mark) => wrote(mark) && mark.end === "rolledBack");
  if (rolledBack) return { state: null, text: "The transaction was rolled back. It left nothing." };
  const { request } = run;
  if (!request) {
    // It brings its databases up to date before the first request.
    if (lane?.kind === "web")
      return { state: null, text: "The web process wrote as it started, and enqueued no job." };
    const who = lane?.kind === "console" ? "The console" : `The process ${lane?.process ?? ""}`;
    return { state: null, text: `${who.trim()} wrote, and enqueued no job.` };
  }
  const name = `${request.method} ${request.path}`;
  if (request.torn) return { state: null, text: `The web process was killed during ${name}.` };
  if (request.until === null) return { state: null, text: `${name} is being answered.` };
  const took = duration(request.until - request.from);
  return { state: null, text: `${name} took ${took}, and enqueued no job.` };
}

function firstLine(message: string): string {
  const [line = ""] = message.split("\n");
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
