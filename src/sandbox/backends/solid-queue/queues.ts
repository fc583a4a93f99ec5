/** Queues, limits, recurring tasks and the processes that serve them. */
import type {
  ConcurrencyLimit,
  QueueInfo,
  RecurringTask,
  RegisteredProcess,
} from "../../sandbox.ts";
import { fromTime, parseJson, records, toText, toTime, type Query } from "./values.ts";

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

export async function readLimits(query: Query): Promise<ConcurrencyLimit[]> {
  const result = await query(`
    SELECT s.key, s.value, s.expires_at, count(b.id) AS blocked
    FROM solid_queue_semaphores s
    LEFT JOIN solid_queue_blocked_executions b ON b.concurrency_key = s.key
    GROUP BY s.id ORDER BY blocked DESC, s.key`);
  return records(result).map((row) => ({
    key: String(row["key"]),
    free: Number(row["value"]),
    expiresAt: toTime(row["expires_at"]) ?? 0,
    blocked: Number(row["blocked"]),
  }));
}

/** Heartbeats' times in ms. */
export interface HeartbeatTimes {
  interval: number;
  /** After so long without one a process counts as dead. */
  aliveThreshold: number;
}

export async function readProcesses(
  query: Query,
  { interval, aliveThreshold }: HeartbeatTimes,
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
      nextHeartbeatAt: lastHeartbeatAt + interval,
      prunableAt: lastHeartbeatAt + aliveThreshold,
      metadata: (parseJson(row["metadata"]) ?? {}) as Record<string, unknown>,
      supervisorId: row["supervisor_id"] === null ? null : Number(row["supervisor_id"]),
    };
  });
}

/** What the table knows of a recurring task; the schedule's meaning is Ruby's to tell. */
export type RecurringRow = Omit<RecurringTask, "cron" | "zone" | "nextAt" | "arguments">;

export async function readRecurring(query: Query): Promise<RecurringRow[]> {
  const result = await query(`
    SELECT t.key, t.schedule, t.class_name, t.command, t.queue_name, max(e.run_at) AS last
    FROM solid_queue_recurring_tasks t
    LEFT JOIN solid_queue_recurring_executions e ON e.task_key = t.key
    GROUP BY t.id ORDER BY t.key`);
  return records(result).map((row) => ({
    key: String(row["key"]),
    schedule: String(row["schedule"]),
    className: toText(row["class_name"]),
    command: toText(row["command"]),
    queueName: toText(row["queue_name"]),
    lastEnqueuedAt: toTime(row["last"]),
  }));
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
