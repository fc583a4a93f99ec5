/** `Sandbox.queue`: what a dashboard asks and does. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";

const FILES = {
  "app/jobs/echo_job.rb": "class EchoJob < ApplicationJob\n  def perform(text) = puts(text)\nend",
  "app/jobs/pay_job.rb": `class PayJob < ApplicationJob
  queue_as :money
  def perform(order, error) = raise(error.constantize, "order #{order} refused")
end`,
  "app/jobs/one_job.rb": `class OneJob < ApplicationJob
  limits_concurrency to: 1, key: "one", duration: 10.minutes
  def perform = nil
end`,
  "config/recurring.yml": `development:
  sweep:
    class: EchoJob
    args: [ "swept" ]
    schedule: every 10 minutes
  count:
    command: "Photo.count"
    schedule: "0 5 * * *"
    queue: money
`,
};

/** The part of Active Job's serialized form that these tests look at. */
interface JobData {
  arguments: unknown[];
}

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "web" }] });
});
afterAll(() => sandbox.dispose());
beforeEach(async () => {
  await ruby(sandbox, "[ SolidQueue::Job, SolidQueue::Semaphore ].each(&:delete_all)");
});

/** Rows that failed, without a worker: as the gem records them, but in a few statements. */
async function fail(count: number, error = "ArgumentError"): Promise<void> {
  await ruby(
    sandbox,
    `jobs = Array.new(${count}) { |n| PayJob.new(n, "${error}") }
    ActiveJob.perform_all_later(jobs)
    ids = SolidQueue::Job.where(active_job_id: jobs.map(&:job_id)).order(:id).ids
    SolidQueue::ReadyExecution.where(job_id: ids).delete_all
    SolidQueue::FailedExecution.insert_all!(ids.map.with_index do |id, n|
      { job_id: id, created_at: (ids.size - n).fdiv(1000).seconds.ago,
        error: { exception_class: "${error}", message: "order #{n} refused", backtrace: [] } }
    end)`,
  );
}

test("rows are found by queue, class, error and text, and counted by state", async () => {
  await ruby(sandbox, 'EchoJob.perform_later("a needle"); EchoJob.perform_later("hay 100%")');
  await ruby(sandbox, 'EchoJob.set(wait: 1.hour).perform_later("later")');
  await fail(2);
  await fail(1, "KeyError");
  const { queue } = sandbox;
  expect(await queue.classNames()).toEqual(["EchoJob", "PayJob"]);
  expect(await queue.counts()).toMatchObject({ ready: 2, scheduled: 1, failed: 3, finished: 0 });
  expect(await queue.counts({ queueName: "money" })).toMatchObject({ ready: 0, failed: 3 });
  const found = async (search: string) => (await queue.jobs({ search })).length;
  expect(await found("NEEDLE")).toBe(1);
  expect(await found("100%")).toBe(1);
  expect(await found("%")).toBe(1);
  expect(await found("keyerr")).toBe(1);
  expect(await found("refused")).toBe(3);
  expect(await found("nowhere")).toBe(0);
  expect(await queue.counts({ search: "keyerr" })).toMatchObject({ failed: 1, ready: 0 });
  const grouped = await queue.jobs({ states: ["failed"], order: "error" });
  expect(grouped.map(({ error }) => error?.className)).toEqual([
    "ArgumentError",
    "ArgumentError",
    "KeyError",
  ]);
  const page = await queue.jobs({ limit: 2, offset: 1 });
  expect(page.map(({ id }) => id)).toEqual((await queue.jobs()).slice(1, 3).map(({ id }) => id));
  expect(await queue.failures()).toMatchObject([
    { errorClass: "ArgumentError", count: 2, message: "order 1 refused" },
    { errorClass: "KeyError", count: 1 },
  ]);
});

test("rows are found by when they ended, to the bound and not over it", async () => {
  await ruby(sandbox, '3.times { EchoJob.perform_later("x") }');
  await fail(1);
  const at = Date.parse("2026-01-31T12:00:00Z");
  await ruby(
    sandbox,
    `SolidQueue::Job.order(:id).limit(2).each.with_index do |job, n|
      job.ready_execution.destroy!
      job.update!(finished_at: Time.utc(2026, 1, 31, 12, n))
    end
    SolidQueue::FailedExecution.update_all(created_at: Time.utc(2026, 1, 31, 12, 1, 30))`,
  );
  const { queue } = sandbox;
  const MINUTE = 60_000;
  const found = (from: number, before: number) =>
    queue.counts({ endedFrom: at + from, endedBefore: at + before });
  expect(await found(0, MINUTE)).toMatchObject({ finished: 1, failed: 0, ready: 0 });
  expect(await found(MINUTE, 2 * MINUTE)).toMatchObject({ finished: 1, failed: 1, ready: 0 });
  expect(await queue.counts({ endedFrom: at })).toMatchObject({ finished: 2, failed: 1, ready: 0 });
  expect(await queue.jobs({ states: ["finished"], endedBefore: at })).toEqual([]);
});

test("many are retried, and only those that the filter means", async () => {
  await fail(1200);
  await fail(3, "KeyError");
  expect(await sandbox.queue.retry({ states: ["failed"], errorClass: "ArgumentError" })).toBe(1200);
  expect(await sandbox.queue.counts()).toMatchObject({ ready: 1200, failed: 3 });
  const ids = (await sandbox.queue.jobs({ states: ["failed"] })).slice(0, 2).map(({ id }) => id);
  expect(await sandbox.queue.retry({ ids })).toBe(2);
  expect(await sandbox.queue.retry({ ids })).toBe(0);
});

test("many are discarded, whatever they wait for; running and finished ones are not", async () => {
  await ruby(sandbox, '3.times { EchoJob.perform_later("x") }; 2.times { OneJob.perform_later }');
  await ruby(sandbox, 'EchoJob.set(wait: 1.hour).perform_later("later")');
  await ruby(
    sandbox,
    "SolidQueue::Job.first.ready_execution.destroy!; SolidQueue::Job.first.finished!",
  );
  await fail(2);
  expect(await sandbox.queue.discard({ states: ["ready"], queueName: "money" })).toBe(0);
  expect(await sandbox.queue.discard({})).toBe(7);
  expect(await sandbox.queue.counts()).toMatchObject({
    finished: 1,
    ready: 0,
    failed: 0,
    blocked: 0,
  });
});

test("scheduled and blocked jobs are run now, all at once", async () => {
  await ruby(sandbox, '3.times { EchoJob.set(wait: 1.day).perform_later("x") }');
  await ruby(sandbox, "3.times { OneJob.perform_later }");
  expect(await sandbox.queue.counts()).toMatchObject({ scheduled: 3, blocked: 2, ready: 1 });
  const [limit] = await sandbox.queue.limits();
  expect(limit).toMatchObject({ key: "OneJob/one", free: 0, blocked: 2 });
  const [blocked] = await sandbox.queue.jobs({ states: ["blocked"] });
  expect(blocked?.blockedUntil).toBeGreaterThan(sandbox.clock.now() + 9 * 60_000);
  expect(await sandbox.queue.runNow({ states: ["scheduled", "blocked"] })).toBe(5);
  expect(await sandbox.queue.counts()).toMatchObject({ scheduled: 0, blocked: 0, ready: 6 });
});

test("the series says what ended when, and how long it took", async () => {
  const from = sandbox.clock.now();
  await ruby(sandbox, '2.times { EchoJob.perform_later("x") }');
  await ruby(
    sandbox,
    `SolidQueue::Job.find_each do |job|
      job.ready_execution.destroy!
      job.update!(finished_at: job.scheduled_at + 2)
    end`,
  );
  await fail(1);
  const series = await sandbox.queue.ended({ from, to: from + 60_000, interval: 30_000 });
  expect(series).toMatchObject([
    { at: from, finished: 2, failed: 1 },
    { at: from + 30_000, finished: 0, failed: 0, meanMs: null },
  ]);
  expect(series[0]?.meanMs).toBeCloseTo(2000, -1);
  await expect(sandbox.queue.ended({ from, to: from + 1e9, interval: 1 })).rejects.toThrow("1000");
});

test("recurring tasks say what they mean, and run when asked", async () => {
  const { pid } = await sandbox.processes.start({ kind: "jobs" });
  await until(async () => (await sandbox.queue.recurringTasks()).length === 2, "tasks are known");
  const [count, sweep] = await sandbox.queue.recurringTasks();
  expect(count).toMatchObject({ key: "count", cron: "0 5 * * *", command: "Photo.count" });
  expect(sweep).toMatchObject({
    cron: "0,10,20,30,40,50 * * * *",
    className: "EchoJob",
    arguments: '"swept"',
  });
  expect(sweep?.nextAt).toBeGreaterThan(sandbox.clock.now());
  await until(
    async () => (await sandbox.clock.nextDue()) !== null,
    "the scheduler has set its timers",
  );
  const due = await sandbox.clock.nextDue();
  expect(Math.abs((due ?? 0) - (sweep?.nextAt ?? 0))).toBeLessThan(1000);
  await sandbox.queue.runTask("sweep");
  await untilDrained(sandbox);
  expect((await sandbox.queue.jobs())[0]).toMatchObject({
    className: "EchoJob",
    state: "finished",
  });
  expect((await sandbox.queue.recurringTasks())[1]?.lastEnqueuedAt).not.toBeNull();
  const ofTask = () => sandbox.queue.jobs({ recurringTask: "sweep" });
  await ruby(sandbox, 'EchoJob.perform_later("beside it")');
  await untilDrained(sandbox);
  const [enqueued] = await ofTask();
  const args = (await ofTask()).map(({ serialized }) => (serialized as JobData).arguments);
  expect(args.length).toBeGreaterThan(0);
  expect(args.every(([text]) => text === "swept")).toBe(true);
  // A retry is another row of the same job, of which the table of recurring executions knows nothing.
  await ruby(
    sandbox,
    `SolidQueue::Job.create!(SolidQueue::Job.find(${enqueued?.id}).slice(:active_job_id, :class_name, :queue_name, :arguments))`,
  );
  const attempts = (await ofTask()).filter((row) => row.activeJobId === enqueued?.activeJobId);
  expect(attempts).toHaveLength(2);
  expect(await sandbox.queue.jobs({ recurringTask: "count" })).toEqual([]);
  await untilDrained(sandbox);
  await expect(sandbox.queue.runTask("nobody")).rejects.toThrow("RecurringTask");
  const [row] = await sandbox.queue.processes();
  expect((row?.nextHeartbeatAt ?? 0) - (row?.lastHeartbeatAt ?? 0)).toBe(60_000);
  sandbox.processes.signal(pid, "TERM");
  await sandbox.processes.wait(pid);
});

test("pulling the plug ends all at once and says what to start again", async () => {
  await sandbox.processes.start({ kind: "jobs", queues: ["money"], threads: 2 });
  const again = sandbox.processes.pullThePlug();
  expect(again).toEqual([{ kind: "web" }, { kind: "jobs", queues: ["money"], threads: 2 }]);
  expect(sandbox.processes.list().every(({ status }) => status === "exited")).toBe(true);
  for (const options of again) await sandbox.processes.start(options);
  expect(await ruby(sandbox, "1 + 1")).toBe("2");
});
