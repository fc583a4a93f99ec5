import type { SandboxEvent } from "../../sandbox/events.ts";

/** How an attempt ended. `killed`: its process died under it, and nobody has said so in the queue yet. */
export type Outcome = "finished" | "retried" | "failed" | "discarded" | "killed";

/** One run of a job, as the events told it: the queue's tables keep neither start nor process. */
export interface Attempt {
  activeJobId: string;
  className: string;
  queueName: string;
  /** The row in the queue that it ran from. */
  jobId: number | null;
  pid: number;
  process: string;
  /** Active Job's `executions` in this run: 1 for the first. */
  execution: number;
  startedAt: number;
  endedAt: number | null;
  /** Null while it runs. */
  outcome: Outcome | null;
  error: { className: string; message: string } | null;
}

/** What a process has got through. */
export interface Tally {
  /** Runs that came to their end. */
  ended: number;
  /** Those of them that raised, whatever was then done about it. */
  raised: number;
}

export interface AttemptLog {
  /** The attempts of a job, oldest first. */
  of(activeJobId: string): readonly Attempt[];
  /** The newest attempt that ran from a row. */
  ofRow(jobId: number): Attempt | undefined;
  /** What a process runs now. */
  runningIn(pid: number): readonly Attempt[];
  /** Rows whose job gave up on purpose (`discard_on`): finished in the table, and not done. */
  discardedRows(): readonly number[];
  /** All that are remembered, those of one job together. */
  all(): Iterable<Attempt>;
  tallyOf(pid: number): Tally;
  add(event: SandboxEvent): void;
}

/** As many jobs are remembered; the oldest are forgotten. */
const REMEMBERED = 20_000;

export function createAttemptLog(): AttemptLog {
  const byJob = new Map<string, Attempt[]>();
  const byRow = new Map<number, Attempt>();
  const running = new Set<Attempt>();
  const discarded = new Set<number>();
  const tallies = new Map<number, Tally>();

  function start(attempt: Attempt) {
    byJob.set(attempt.activeJobId, [...(byJob.get(attempt.activeJobId) ?? []), attempt]);
    if (attempt.jobId !== null) byRow.set(attempt.jobId, attempt);
    running.add(attempt);
    if (byJob.size > REMEMBERED) forgetOldest();
  }

  function forgetOldest() {
    const [oldest] = byJob.keys();
    if (oldest === undefined) return;
    for (const { jobId } of byJob.get(oldest) ?? []) if (jobId !== null) byRow.delete(jobId);
    byJob.delete(oldest);
  }

  function latest(activeJobId: string, pid: number): Attempt | undefined {
    return byJob.get(activeJobId)?.findLast((attempt) => attempt.pid === pid);
  }

  function end(attempt: Attempt | undefined, outcome: Outcome, at: number) {
    if (!attempt) return;
    attempt.endedAt ??= at;
    attempt.outcome = outcome;
    if (running.delete(attempt) && outcome !== "killed") count(attempt.pid, outcome !== "finished");
  }

  function count(pid: number, raised: boolean) {
    const tally = tallies.get(pid) ?? { ended: 0, raised: 0 };
    tallies.set(pid, {
      ended: tally.ended + 1,
      raised: tally.raised + Number(raised),
    });
  }

  function add(event: SandboxEvent) {
    const { pid, process, time } = event;
    switch (event.type) {
      case "job.started": {
        const { activeJobId, jobId, className, queueName } = event.job;
        const { execution } = event;
        const rest = { startedAt: time, endedAt: null, outcome: null, error: null };
        const job = { activeJobId, jobId, className, queueName };
        return start({ ...job, pid, process, execution, ...rest });
      }
      // That perform raised is told first; a retry or a discard then says what became of it.
      case "job.retried":
      case "job.discarded": {
        const attempt = latest(event.job.activeJobId, pid);
        if (!attempt || (attempt.outcome !== null && attempt.outcome !== "failed")) return;
        attempt.error = event.error;
        end(attempt, event.type === "job.retried" ? "retried" : "discarded", time);
        if (event.type === "job.discarded" && attempt.jobId !== null) discarded.add(attempt.jobId);
        return;
      }
      case "job.performed": {
        const attempt = latest(event.job.activeJobId, pid);
        return end(attempt, attempt?.outcome ?? "finished", time);
      }
      case "job.raised": {
        const attempt = latest(event.job.activeJobId, pid);
        if (attempt) attempt.error = event.error;
        return end(attempt, "failed", time);
      }
      case "job.failed": {
        for (const jobId of event.jobIds) {
          const attempt = byRow.get(jobId);
          if (attempt && attempt.outcome !== "failed") attempt.error = event.error;
          end(attempt, "failed", time);
        }
        return;
      }
      case "process.exited":
        for (const attempt of running) if (attempt.pid === pid) end(attempt, "killed", time);
    }
  }

  return {
    of: (activeJobId) => byJob.get(activeJobId) ?? [],
    ofRow: (jobId) => byRow.get(jobId),
    runningIn: (pid) => [...running].filter((attempt) => attempt.pid === pid),
    discardedRows: () => [...discarded],
    *all() {
      for (const attempts of byJob.values()) yield* attempts;
    },
    tallyOf: (pid) => tallies.get(pid) ?? { ended: 0, raised: 0 },
    add,
  };
}
