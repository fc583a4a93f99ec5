/**
 * `Sandbox.queue` on Solid Queue: reads its tables, acts through its models in a process of its own, the
 * dashboard (as Mission Control's web server would), so that no learner's code is in the way: a `sleep 60` in
 * the console or an endless request must not block a Retry button.
 */
import { readCounts, readJobs, readProcesses, readQueues } from "../backends/solid-queue.ts";
import {
  SandboxError,
  type JobFilter,
  type JobRow,
  type JobState,
  type QueueInfo,
  type RegisteredProcess,
  type SandboxQueue,
} from "../sandbox.ts";
import { parseActionResult } from "./kernel-messages.ts";
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

  jobs(filter?: JobFilter): Promise<JobRow[]> {
    return readJobs(this.#query, filter);
  }

  counts(): Promise<Record<JobState, number>> {
    return readCounts(this.#query);
  }

  queues(): Promise<QueueInfo[]> {
    return readQueues(this.#query, this.#now());
  }

  processes(): Promise<RegisteredProcess[]> {
    return readProcesses(this.#query, this.#databases.aliveThreshold);
  }

  pause(queueName: string): Promise<void> {
    return this.#act("pause", queueName);
  }

  resume(queueName: string): Promise<void> {
    return this.#act("resume", queueName);
  }

  retry(jobId: number): Promise<void> {
    return this.#act("retry", jobId);
  }

  discard(jobId: number): Promise<void> {
    return this.#act("discard", jobId);
  }

  runNow(jobId: number): Promise<void> {
    return this.#act("run_now", jobId);
  }

  readonly #query = (sql: string, binds?: Parameters<LocalDatabases["queryQueue"]>[1]) =>
    this.#databases.queryQueue(sql, binds);

  async #act(action: string, argument: string | number): Promise<void> {
    const dashboard = await this.#dashboard();
    const { answer } = await dashboard.ask({ type: "queue", action, argument });
    const { error } = parseActionResult(answer);
    if (error) throw new SandboxError(error.message);
  }
}
