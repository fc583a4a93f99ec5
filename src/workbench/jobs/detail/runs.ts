import type { JobRow } from "../../../sandbox/sandbox.ts";
import type { Attempt, Outcome } from "../../attempts/attempts.ts";
import type { State } from "../../states/states.ts";

/** One attempt of a job as the detail draws it: what the row says, and what the events add. */
export interface Run {
  number: number;
  row: JobRow;
  /** When it was put into the queue. */
  from: number;
  /** When it was to run at the earliest; null when at once. */
  due: number | null;
  startedAt: number | null;
  /** Null while it waits or runs. */
  endedAt: number | null;
  end: State;
  /** What it raised; null where it raised nothing, or nobody saw it. */
  error: Attempt["error"];
  /** Where it ran; null where nobody saw it. */
  where: { pid: number; process: string } | null;
}

const ENDS: Record<Outcome, State> = {
  finished: "finished",
  retried: "retried",
  failed: "failed",
  discarded: "discarded",
  killed: "claimed",
};

/** All attempts of a job, oldest first: those that ran, and the one that waits. */
export function runsOf(rows: readonly JobRow[], attempts: readonly Attempt[]): Run[] {
  const runs: Omit<Run, "number">[] = [];
  for (const row of [...rows].sort((a, b) => a.id - b.id)) {
    const own = attempts.filter((attempt) => attempt.jobId === row.id);
    let from = row.enqueuedAt;
    for (const attempt of own) {
      runs.push(ranRun(row, attempt, from));
      from = attempt.endedAt ?? from;
    }
    const last = own.at(-1);
    const runsNow = row.state === "claimed" && last?.endedAt === null;
    const ended = row.state === "finished" || row.state === "failed";
    const killed = row.state === "claimed" && last?.outcome === "killed";
    if (own.length === 0 || !(runsNow || ended || killed)) runs.push(rowRun(row, from));
  }
  return runs.map((run, index) => ({ number: index + 1, ...run }));
}

function ranRun(row: JobRow, attempt: Attempt, from: number): Omit<Run, "number"> {
  const { startedAt, endedAt, outcome, error, pid, process } = attempt;
  const due = row.scheduledAt !== null && row.scheduledAt > from ? row.scheduledAt : null;
  const end = outcome === null ? "running" : ENDS[outcome];
  return { row, from, due, startedAt, endedAt, end, error, where: { pid, process } };
}

/** What the row alone tells. */
function rowRun(row: JobRow, from: number): Omit<Run, "number"> {
  const due = row.scheduledAt !== null && row.scheduledAt > from ? row.scheduledAt : null;
  const where = row.claimedBy && { pid: row.claimedBy.pid, process: row.claimedBy.name };
  return {
    row,
    from,
    due,
    startedAt: row.claimedAt,
    endedAt: row.failedAt ?? row.finishedAt,
    end: row.state,
    error: row.error,
    where,
  };
}

/** What the table's words hide, in a sentence; null when there is nothing to say. */
export function truthOf(runs: readonly Run[]): string | null {
  const rows = new Set(runs.map(({ row }) => row.id)).size;
  const raised = runs.filter(
    ({ row, end }) => end === "retried" && row.state === "finished",
  ).length;
  const last = runs.at(-1);
  const parts: string[] = [];
  if (rows > 1) {
    parts.push(`${rows} attempts are ${rows} rows in the queue with one active_job_id.`);
    if (raised > 0) {
      const which = raised === 1 ? "One of them counts" : `${raised} of them count`;
      parts.push(`${which} as finished, although ${raised === 1 ? "it" : "each"} raised.`);
    }
  }
  if (last?.end === "discarded") {
    parts.push("Its row counts as finished, although discard_on gave it up after an error.");
  } else if (last?.end === "finished" && last.where === null) {
    parts.push(
      "Finished means that the row is done with. Nobody watched it run, so whether it succeeded, " +
        "was retried or given up is not known here.",
    );
  }
  return parts.length > 0 ? parts.join(" ") : null;
}
