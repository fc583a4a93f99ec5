/**
 * Solid Queue's tables, read for the page. The only file outside Ruby that knows their names
 * (solid_queue 1.1.0, lib/generators/solid_queue/install/templates/db/queue_schema.rb).
 */
import type {
  JobFilter,
  JobRow,
  JobState,
  QueryResult,
  QueueInfo,
  RegisteredProcess,
  SqlValue,
} from "../sandbox.ts";

export type Query = (sql: string, binds?: SqlValue[]) => Promise<QueryResult>;

/** Which table holds the rows of a state; finished jobs have a time instead. */
const STATE_SQL = `CASE
  WHEN f.id IS NOT NULL THEN 'failed'
  WHEN j.finished_at IS NOT NULL THEN 'finished'
  WHEN c.id IS NOT NULL THEN 'claimed'
  WHEN b.id IS NOT NULL THEN 'blocked'
  WHEN s.id IS NOT NULL THEN 'scheduled'
  ELSE 'ready' END`;

const JOBS_SQL = `
SELECT j.id, j.active_job_id, j.class_name, j.queue_name, j.priority, j.arguments, j.created_at,
       j.scheduled_at, j.finished_at, j.concurrency_key, f.error, p.pid, p.name, ${STATE_SQL} AS state
FROM solid_queue_jobs j
LEFT JOIN solid_queue_failed_executions f ON f.job_id = j.id
LEFT JOIN solid_queue_claimed_executions c ON c.job_id = j.id
LEFT JOIN solid_queue_blocked_executions b ON b.job_id = j.id
LEFT JOIN solid_queue_scheduled_executions s ON s.job_id = j.id
LEFT JOIN solid_queue_processes p ON p.id = c.process_id`;

export async function readJobs(query: Query, filter: JobFilter = {}): Promise<JobRow[]> {
  const conditions: string[] = [];
  const binds: SqlValue[] = [];
  const equal = (column: string, value: string | undefined) => {
    if (value === undefined) return;
    conditions.push(`${column} = ?`);
    binds.push(value);
  };
  equal("j.queue_name", filter.queueName);
  equal("j.class_name", filter.className);
  equal("j.active_job_id", filter.activeJobId);
  if (filter.states) {
    conditions.push(`${STATE_SQL} IN (${filter.states.map(() => "?").join(", ")})`);
    binds.push(...filter.states);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
  const page = [filter.limit ?? 100, filter.offset ?? 0];
  const result = await query(`${JOBS_SQL} ${where} ORDER BY j.id DESC LIMIT ? OFFSET ?`, [
    ...binds,
    ...page,
  ]);
  return records(result).map(toJob);
}

export async function readCounts(query: Query): Promise<Record<JobState, number>> {
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

/** @param now sandbox time in ms */
export async function readQueues(query: Query, now: number): Promise<QueueInfo[]> {
  const result = await query(`
    SELECT q.queue_name AS name, count(r.id) AS size, min(r.created_at) AS oldest,
           EXISTS (SELECT 1 FROM solid_queue_pauses p WHERE p.queue_name = q.queue_name) AS paused
    FROM (SELECT DISTINCT queue_name FROM solid_queue_jobs
          UNION SELECT queue_name FROM solid_queue_pauses) q
    LEFT JOIN solid_queue_ready_executions r ON r.queue_name = q.queue_name
    GROUP BY q.queue_name ORDER BY q.queue_name`);
  return records(result).map((row) => {
    const oldest = toTime(row["oldest"]);
    return {
      name: String(row["name"]),
      size: Number(row["size"]),
      latency: oldest === null ? 0 : Math.max(0, now - oldest),
      paused: Number(row["paused"]) === 1,
    };
  });
}

/** @param aliveThreshold ms after which a process without heartbeat counts as dead */
export async function readProcesses(
  query: Query,
  aliveThreshold: number,
): Promise<RegisteredProcess[]> {
  const result = await query("SELECT * FROM solid_queue_processes ORDER BY id");
  return records(result).map((row) => {
    const lastHeartbeatAt = toTime(row["last_heartbeat_at"]) ?? 0;
    return {
      id: Number(row["id"]),
      kind: String(row["kind"]),
      name: String(row["name"]),
      pid: Number(row["pid"]),
      lastHeartbeatAt,
      prunableAt: lastHeartbeatAt + aliveThreshold,
      metadata: parseJson(row["metadata"]) as Record<string, unknown>,
      supervisorId: row["supervisor_id"] === null ? null : Number(row["supervisor_id"]),
    };
  });
}

/** What the clock's advance needs to know: is there work now, and when is there next? Times in ms. */
export async function readOutlook(
  query: Query,
  now: number,
): Promise<{ work: number; nextAt: number }> {
  const [row = {}] = records(
    await query(
      `SELECT
      (SELECT count(*) FROM solid_queue_ready_executions r WHERE NOT EXISTS
        (SELECT 1 FROM solid_queue_pauses p WHERE p.queue_name = r.queue_name)) AS ready,
      (SELECT count(*) FROM solid_queue_scheduled_executions WHERE scheduled_at <= ?1) AS due,
      (SELECT min(scheduled_at) FROM solid_queue_scheduled_executions WHERE scheduled_at > ?1) AS next`,
      [fromTime(now)],
    ),
  );
  return {
    work: Number(row["ready"]) + Number(row["due"]),
    nextAt: toTime(row["next"]) ?? Infinity,
  };
}

type Row = Record<string, SqlValue | undefined>;

function records({ columns, rows }: QueryResult): Row[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column, row[index]])),
  );
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
    concurrencyKey: row["concurrency_key"] === null ? null : String(row["concurrency_key"]),
    error: toError(row["error"]),
  };
}

function toError(value: SqlValue | undefined): JobRow["error"] {
  const error = parseJson(value) as {
    exception_class: string;
    message: string;
    backtrace: string[] | null;
  } | null;
  return (
    error && {
      className: error.exception_class,
      message: error.message,
      backtrace: error.backtrace,
    }
  );
}

function parseJson(value: SqlValue | undefined): unknown {
  try {
    return typeof value === "string" ? (JSON.parse(value) as unknown) : null;
  } catch {
    return null;
  }
}

/** Active Record's datetimes on SQLite: UTC as text, `2026-01-31 12:00:00.123456`. */
function toTime(value: SqlValue | undefined): number | null {
  return typeof value === "string" ? Date.parse(`${value.replace(" ", "T")}Z`) : null;
}

function fromTime(ms: number): string {
  return new Date(ms).toISOString().replace("T", " ").replace("Z", "");
}
