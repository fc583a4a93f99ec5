/**
 * `Sandbox.queue` on Solid Queue: reads its tables, acts through its models in a process of its own, the
 * dashboard (as Mission Control's web server would), so that no learner's code is in the way: a `sleep 60` in
 * the console or an endless request must not block a Retry button.
 */
import * as tables from "../backends/solid-queue.ts";
import {
  SandboxError,
  type JobFilter,
  type JobPage,
  type RecurringTask,
  type SandboxQueue,
  type SqlValue,
} from "../sandbox.ts";
import { parseActionResult, parseChanged, parseSchedules } from "./kernel-messages.ts";
import type { LocalDatabases } from "./databases.ts";
import type { ProcessRecord } from "./process-record.ts";

export class SolidQueueBackend implements SandboxQueue {
  readonly #databases: LocalDatabases;
  readonly #dashboard: () => Promise<ProcessRecord>;
  readonly #now: () => number;

  constructor(
    databases: LocalDatabases,
    dashboard: () => Promise<ProcessRecord>,
    now: () => number,
  ) {
    this.#databases = databases;
    this.#dashboard = dashboard;
    this.#now = now;
  }

  jobs = (page?: JobPage) => tables.readJobs(this.#query, page);
  counts = (filter?: JobFilter) => tables.readCounts(this.#query, filter);
  queues = () => tables.readQueues(this.#query, this.#now());
  classNames = () => tables.readClassNames(this.#query);
  failures = (filter?: JobFilter) => tables.readFailures(this.#query, filter);
  limits = () => tables.readLimits(this.#query);
  ended = (range: Parameters<SandboxQueue["ended"]>[0]) => tables.readEnded(this.#query, range);

  processes = () => {
    const { heartbeatInterval: interval, aliveThreshold } = this.#databases;
    return tables.readProcesses(this.#query, { interval, aliveThreshold });
  };

  async recurringTasks(): Promise<RecurringTask[]> {
    const rows = await tables.readRecurring(this.#query);
    if (rows.length === 0) return [];
    const schedules = parseSchedules(await this.#act("schedules", ""));
    const unknown = { cron: "", zone: null, nextAt: null, arguments: "" };
    return rows.map((row) => ({
      ...unknown,
      ...row,
      ...schedules.find(({ key }) => key === row.key),
    }));
  }

  async runTask(key: string): Promise<void> {
    await this.#act("run_task", key);
  }

  async pause(queueName: string): Promise<void> {
    await this.#act("pause", nameOfQueue(queueName));
  }

  /** A jobs process's rows in the table of processes go, and what they had claimed is ready again. */
  async deregister(pid: number): Promise<void> {
    await this.#act("deregister", pid);
  }

  async resume(queueName: string): Promise<void> {
    await this.#act("resume", nameOfQueue(queueName));
  }

  retry = (which: number | JobFilter) => this.#change("retry", which);
  discard = (which: number | JobFilter) => this.#change("discard", which);
  runNow = (which: number | JobFilter) => this.#change("run_now", which);

  readonly #query: tables.Query = (sql: string, binds?: SqlValue[]) =>
    this.#databases.queryQueue(sql, binds);

  /** How many rows it changed. */
  async #change(action: string, which: number | JobFilter): Promise<number> {
    if (typeof which === "number") {
      await this.#act(action, which);
      return 1;
    }
    const ids = await tables.readIds(this.#query, which);
    return ids.length === 0 ? 0 : parseChanged(await this.#act(`${action}_all`, ids));
  }

  async #act(action: string, argument: string | number | number[]): Promise<unknown> {
    const dashboard = await this.#dashboard();
    const { answer } = await dashboard.ask({ type: "queue", action, argument });
    const { value, error } = parseActionResult(answer);
    if (error) throw new SandboxError(error.message);
    return value;
  }
}

/** @throws {SandboxError} for a name that no queue can have */
function nameOfQueue(name: string): string {
  if (name.trim() === "") throw new SandboxError("A queue has a name: say which one is meant.");
  return name;
}
