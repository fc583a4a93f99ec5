import type { JobRow, JobState } from "../../sandbox/sandbox.ts";

/** A job with all its attempts: rows of the queue that share an Active Job id. */
export interface JobGroup {
  activeJobId: string;
  /** The newest attempt, which speaks for the job. */
  latest: JobRow;
  /** Newest first. */
  rows: JobRow[];
  /** How many times the job has run or is running. */
  attempts: number;
}

const HAS_RUN: ReadonlySet<JobState> = new Set(["claimed", "failed", "finished"]);

/** Groups rows by job, the job enqueued last first. */
export function groupJobs(rows: readonly JobRow[]): JobGroup[] {
  const groups = new Map<string, JobRow[]>();
  for (const row of [...rows].sort((a, b) => b.id - a.id)) {
    groups.set(row.activeJobId, [...(groups.get(row.activeJobId) ?? []), row]);
  }
  return [...groups].flatMap(([activeJobId, attempts]) => {
    const latest = attempts[0];
    if (!latest) return [];
    const ran = latest.executions + (HAS_RUN.has(latest.state) ? 1 : 0);
    return [{ activeJobId, latest, rows: attempts, attempts: ran }];
  });
}

/** The arguments as the learner wrote them, as far as Active Job's serialized form tells. */
export function argumentsOf(row: JobRow): string {
  const serialized = row.serialized as { arguments?: unknown[] } | null;
  return (serialized?.arguments ?? []).map(argument).join(", ");
}

function argument(value: unknown): string {
  if (typeof value === "object" && value !== null && "_aj_globalid" in value) {
    return String(value._aj_globalid).replace(/^gid:\/\/[^/]+\//, "");
  }
  return JSON.stringify(value) ?? "";
}
