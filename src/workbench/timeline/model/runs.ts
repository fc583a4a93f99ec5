import type { EventOrigin } from "../../../sandbox/events.ts";
import { performing, spanOf } from "./jobs.ts";
import type { JobBar, Run, TimelineState, TransactionMark } from "./types.ts";

/** Causes in the same lane that follow each other so closely (ms) are one: a loop in the console. */
const SAME_CAUSE = 500;
const KEPT_RUNS = 500;

/** Finds the run to which something belongs. */
export class Runs {
  readonly #state: TimelineState;
  #last = 0;

  constructor(state: TimelineState) {
    this.#state = state;
  }

  begin(lane: string, time: number): Run {
    const run: Run = {
      id: ++this.#last,
      lane,
      from: time,
      causeAt: time,
      lastAt: time,
      request: null,
      jobs: [],
      transactions: [],
      worth: false,
    };
    this.#state.runs.push(run);
    if (this.#state.runs.length > KEPT_RUNS) this.#state.runs.shift();
    return run;
  }

  /** The run of what caused it; a new one where nothing did. */
  of(origin: EventOrigin, lane: string, time: number): Run {
    const run = this.#causeOf(origin) ?? this.#near(lane, time) ?? this.begin(lane, time);
    if (run.lane === lane) run.causeAt = Math.max(run.causeAt, time);
    return run;
  }

  #causeOf(origin: EventOrigin): Run | null {
    const { requestId, transaction } = origin;
    const { runs, transactions } = this.#state;
    const byRequest = requestId && runs.findLast(({ request }) => request?.id === requestId);
    if (byRequest) return byRequest;
    const byJob = performing(this.#state, origin)?.run;
    if (byJob) return byJob;
    return (transaction && transactions.findLast(({ id }) => id === transaction)?.run) || null;
  }

  #near(lane: string, time: number): Run | null {
    const run = this.#state.runs.findLast((known) => known.lane === lane);
    return run && !run.request && time - run.causeAt < SAME_CAUSE ? run : null;
  }
}

export function touch(run: Run | null, time: number): void {
  if (run) run.lastAt = Math.max(run.lastAt, time);
}

export function addJob(run: Run, job: JobBar): void {
  if (job.run === run) return;
  job.run = run;
  run.jobs.push(job);
  run.worth = true;
}

export function addTransaction(run: Run, transaction: TransactionMark): void {
  if (transaction.run === run) return;
  transaction.run = run;
  run.transactions.push(transaction);
}

/** The run in which something happened last. */
export function latestRun(state: TimelineState): Run | null {
  let latest: Run | null = null;
  for (const run of state.runs)
    if (run.worth && (!latest || run.lastAt >= latest.lastAt)) latest = run;
  return latest;
}

/** From its cause to the last thing that came of it; until `now` while something of it goes on. */
export function spanOfRun(run: Run, now: number): { from: number; until: number } {
  const ends = [
    run.request ? run.request.until : run.lastAt,
    ...run.transactions.map(({ until }) => until),
    ...run.jobs.map((job) => (isAsleep(job) ? run.lastAt : spanOf(job).until)),
  ];
  const until = ends.includes(null) ? now : Math.max(run.lastAt, ...(ends as number[]));
  return { from: run.from, until: Math.max(until, run.from + 1) };
}

/** Waits for its time: the picture need not grow until then. */
function isAsleep(job: JobBar): boolean {
  const last = job.segments.at(-1);
  return last?.until === null && last.state === "scheduled";
}
