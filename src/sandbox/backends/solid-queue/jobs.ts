/** Jobs, their counts and failures. */
import type { FailureGroup, JobFilter, JobPage, JobRow, JobState } from "../../sandbox.ts";
import { ERROR_CLASS, select, STATE_SQL } from "./filter.ts";
import { parseJson, records, toText, toTime, type Query, type Row } from "./values.ts";

const COLUMNS = `j.id, j.active_job_id, j.class_name, j.queue_name, j.priority, j.arguments,
  j.created_at, j.scheduled_at, j.finished_at, j.concurrency_key, f.error, f.created_at AS failed_at,
  b.expires_at, c.created_at AS claimed_at, p.pid, p.name, ${STATE_SQL} AS state`;

const APP_ROOT = "/workspace/";
const ORDERS = { newest: "j.id DESC", error: `${ERROR_CLASS}, j.id DESC` };

export async function readJobs(query: Query, page: JobPage = {}): Promise<JobRow[]> {
  const { order = "newest", limit = 100, offset = 0, ...filter } = page;
  const { from, where, binds } = select(filter);
  const sql = `SELECT ${COLUMNS} ${from} ${where} ORDER BY ${ORDERS[order]} LIMIT ? OFFSET ?`;
  return records(await query(sql, [...binds, limit, offset])).map(toJob);
}

/** The ids of all rows that a filter means, oldest first. */
export async function readIds(query: Query, filter: JobFilter): Promise<number[]> {
  const { from, where, binds } = select(filter);
  const { rows } = await query(`SELECT j.id ${from} ${where} ORDER BY j.id`, binds);
  return rows.map(([id]) => Number(id));
}

const NONE: Record<JobState, number> = {
  scheduled: 0,
  ready: 0,
  claimed: 0,
  blocked: 0,
  failed: 0,
  finished: 0,
};

export async function readCounts(
  query: Query,
  filter: JobFilter = {},
): Promise<Record<JobState, number>> {
  if (Object.values(filter).every((value) => value === undefined)) return readAllCounts(query);
  const { from, where, binds } = select(filter);
  const result = await query(
    `SELECT ${STATE_SQL} AS state, count(*) AS n ${from} ${where} GROUP BY 1`,
    binds,
  );
  const counts = records(result).map((row) => [row["state"], Number(row["n"])] as const);
  return { ...NONE, ...Object.fromEntries(counts) };
}

/** Each table by itself: cheap, however many jobs there are. */
async function readAllCounts(query: Query): Promise<Record<JobState, number>> {
  const [row = {}] = records(
    await query(`SELECT
      (SELECT count(*) FROM solid_queue_scheduled_executions) AS scheduled,
      (SELECT count(*) FROM solid_queue_ready_executions) AS ready,
      (SELECT count(*) FROM solid_queue_claimed_executions) AS claimed,
      (SELECT count(*) FROM solid_queue_blocked_executions) AS blocked,
      (SELECT count(*) FROM solid_queue_failed_executions) AS failed,
      (SELECT count(*) FROM solid_queue_jobs WHERE finished_at IS NOT NULL) AS finished`),
  );
  return row as Record<JobState, number>;
}

export async function readClassNames(query: Query): Promise<string[]> {
  const { rows } = await query("SELECT DISTINCT class_name FROM solid_queue_jobs ORDER BY 1");
  return rows.map(([name]) => String(name));
}

/** With `max()` SQLite takes the other columns from the row that holds it (lang_select.html, 2.5). */
export async function readFailures(query: Query, filter: JobFilter = {}): Promise<FailureGroup[]> {
  const { from, where, binds } = select({ ...filter, states: ["failed"] });
  const result = await query(
    `SELECT ${ERROR_CLASS} AS class, count(*) AS n, max(f.created_at) AS newest,
            json_extract(f.error, '$.message') AS message
     ${from} ${where} GROUP BY 1 ORDER BY n DESC, class`,
    binds,
  );
  return records(result).map((row) => ({
    errorClass: toText(row["class"]) ?? "",
    count: Number(row["n"]),
    message: toText(row["message"]) ?? "",
    newestAt: toTime(row["newest"]) ?? 0,
  }));
}

function toJob(row: Row): JobRow {
  const serialized = parseJson(row["arguments"]) as { executions?: number } | null;
  return {
    id: Number(row["id"]),
    activeJobId: String(row["active_job_id"]),
    className: String(row["class_name"]),
    queueName: String(row["queue_name"]),
    priority: Number(row["priority"]),
    state: row["state"] as JobState,
    serialized,
    executions: serialized?.executions ?? 0,
    enqueuedAt: toTime(row["created_at"]) ?? 0,
    scheduledAt: toTime(row["scheduled_at"]),
    finishedAt: toTime(row["finished_at"]),
    claimedBy:
      typeof row["name"] === "string" ? { pid: Number(row["pid"]), name: row["name"] } : null,
    claimedAt: toTime(row["claimed_at"]),
    concurrencyKey: toText(row["concurrency_key"]),
    blockedUntil: toTime(row["expires_at"]),
    failedAt: toTime(row["failed_at"]),
    error: toError(row["error"]),
  };
}

function toError(value: Row[string]): JobRow["error"] {
  const error = parseJson(value) as {
    exception_class: string;
    message: string;
    backtrace: string[] | null;
  } | null;
  if (error === null) return null;
  const { exception_class: className, message, backtrace } = error;
  return { className, message, backtrace: backtrace && backtrace.map(relative) };
}

/** A frame in the app with its path as the learner knows it. */
function relative(frame: string): string {
  return frame.startsWith(APP_ROOT) ? frame.slice(APP_ROOT.length) : frame;
}
