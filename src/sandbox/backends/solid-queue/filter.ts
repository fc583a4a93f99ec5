/** A filter of jobs as SQL. */
import type { JobFilter, JobState, SqlValue } from "../../sandbox.ts";
import { fromTime } from "./values.ts";

/** Which table's row makes a job's state; a finished job has a time instead. */
const STATES: Record<JobState, string> = {
  failed: "f.id IS NOT NULL",
  finished: "j.finished_at IS NOT NULL",
  claimed: "c.id IS NOT NULL",
  blocked: "b.id IS NOT NULL",
  scheduled: "s.id IS NOT NULL",
  ready: "r.id IS NOT NULL",
};

/** The state of a row. A job without any execution is on its way to one. */
export const STATE_SQL = `CASE
  ${Object.entries(STATES)
    .map(([state, condition]) => `WHEN ${condition} THEN '${state}'`)
    .join("\n  ")}
  ELSE 'ready' END`;

const EXECUTIONS: Record<Exclude<JobState, "finished">, string> = {
  failed: "solid_queue_failed_executions f",
  claimed: "solid_queue_claimed_executions c",
  blocked: "solid_queue_blocked_executions b",
  scheduled: "solid_queue_scheduled_executions s",
  ready: "solid_queue_ready_executions r",
};

export const ERROR_CLASS = "json_extract(f.error, '$.exception_class')";
const SEARCHED = [
  "j.class_name",
  "j.queue_name",
  "j.active_job_id",
  "json_extract(j.arguments, '$.arguments')",
  ERROR_CLASS,
  "json_extract(f.error, '$.message')",
];

const ENDED_AT = "coalesce(j.finished_at, f.created_at)";

/** Only the row that the scheduler enqueued is written down, so a retry is found by its Active Job's id. */
const OF_TASK = `j.active_job_id IN (
  SELECT first.active_job_id FROM solid_queue_recurring_executions e
  JOIN solid_queue_jobs first ON first.id = e.job_id WHERE e.task_key = ?)`;

export interface Selection {
  /** `FROM` with its joins. */
  from: string;
  /** Empty, or `WHERE` with all conditions. */
  where: string;
  binds: SqlValue[];
}

export function select(filter: JobFilter): Selection {
  const conditions: string[] = [];
  const binds: SqlValue[] = [];
  const add = (condition: string, ...values: SqlValue[]) => {
    conditions.push(condition);
    binds.push(...values);
  };
  const { ids, states, queueName, className, activeJobId, errorClass, search } = filter;
  const { endedFrom, endedBefore, recurringTask } = filter;
  // As JSON in one bind: SQLite limits how many there may be.
  if (ids) add("j.id IN (SELECT value FROM json_each(?))", JSON.stringify(ids));
  if (states) add(`(${states.map((state) => STATES[state]).join(" OR ") || "0"})`);
  if (queueName !== undefined) add("j.queue_name = ?", queueName);
  if (className !== undefined) add("j.class_name = ?", className);
  if (activeJobId !== undefined) add("j.active_job_id = ?", activeJobId);
  if (errorClass !== undefined) add(`${ERROR_CLASS} = ?`, errorClass);
  if (endedFrom !== undefined) add(`${ENDED_AT} >= ?`, fromTime(endedFrom));
  if (endedBefore !== undefined) add(`${ENDED_AT} < ?`, fromTime(endedBefore));
  if (recurringTask !== undefined) add(OF_TASK, recurringTask);
  if (search?.trim()) addSearch(search.trim(), add);
  return {
    from: from(states?.length === 1 ? states[0] : undefined),
    where: conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "",
    binds,
  };
}

function addSearch(text: string, add: (condition: string, ...values: SqlValue[]) => void): void {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const likes = SEARCHED.map((column) => `${column} LIKE ? ESCAPE '\\'`);
  add(`(j.id = ? OR ${likes.join(" OR ")})`, text, ...SEARCHED.map(() => pattern));
}

/** With one state asked for, its own table leads: it is much smaller than that of all jobs. */
function from(only: JobState | undefined): string {
  const joins = Object.entries(EXECUTIONS).map(([state, table]) => {
    const alias = table.split(" ")[1] ?? "";
    return `${state === only ? "JOIN" : "LEFT JOIN"} ${table} ON ${alias}.job_id = j.id`;
  });
  return `FROM solid_queue_jobs j
${joins.join("\n")}
LEFT JOIN solid_queue_processes p ON p.id = c.process_id`;
}
