import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobRow, JobState, Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until } from "./support/sandbox.ts";
import { eventsOf, linesOf, present } from "./support/stream.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const FILES = {
  "app/jobs/account_job.rb": `
    class AccountJob < ApplicationJob
      limits_concurrency key: ->(account, _) { account }, to: 1, duration: 3.minutes

      def perform(account, what)
        puts "account #{account} #{what}"
        sleep 30 if what == "holds"
      end
    end`,
  "app/jobs/pair_job.rb": `
    class PairJob < ApplicationJob
      limits_concurrency key: "pair", to: 2
      def perform = sleep(30)
    end`,
  "app/jobs/side_job.rb": `
    class SideJob < ApplicationJob
      # A temporary table is seen only by the connection that made it.
      def perform(number)
        connection = ActiveRecord::Base.lease_connection
        connection.execute("CREATE TEMPORARY TABLE mine (number)")
        connection.execute("INSERT INTO mine VALUES (#{number})")
        puts "side #{number} begins"
        sleep 30
        puts "side #{number}: #{connection.select_values("SELECT number FROM mine")}"
        connection.execute("DROP TABLE mine")
      end
    end`,
  "app/jobs/report_job.rb": `
    class ReportJob < ApplicationJob
      def perform(name)
        puts "report #{name} begins"
        sleep 30
      end
    end`,
};

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await bootTestSandbox({
    files: FILES,
    processes: [{ kind: "jobs", queues: ["default"] }],
  });
});

afterAll(() => sandbox.dispose());

/** Enqueues what the Ruby expression makes; the row in the queue. */
async function enqueue(expression: string): Promise<JobRow> {
  const id = JSON.parse(await ruby(sandbox, `${expression}.job_id`)) as string;
  const [row] = await sandbox.queue.jobs({ activeJobId: id });
  return present(row, expression);
}

async function reread({ id }: JobRow): Promise<JobRow | undefined> {
  return (await sandbox.queue.jobs({ limit: 1000 })).find((row) => row.id === id);
}

async function stateOf(row: JobRow): Promise<JobState | undefined> {
  return (await reread(row))?.state;
}

async function states(className: string): Promise<JobState[]> {
  return (await sandbox.queue.jobs({ className })).map((row) => row.state).sort();
}

function saying(text: string): string[] {
  return linesOf(sandbox, text).map((line) => line.text);
}

function untilSaid(text: string): Promise<void> {
  return until(() => saying(text).length > 0, `"${text}" is printed`);
}

/** When, in ms, both the semaphore and the job that waits for it have expired. */
async function expiryOf(key: string): Promise<number> {
  const { rows } = await sandbox.database.query(
    "queue",
    `SELECT max(semaphore.expires_at, blocked.expires_at)
     FROM solid_queue_semaphores semaphore
     JOIN solid_queue_blocked_executions blocked ON blocked.concurrency_key = semaphore.key
     WHERE semaphore.key = ?`,
    [key],
  );
  return Date.parse(`${String(rows[0]?.[0]).replace(" ", "T")}Z`);
}

// Runs first: the dispatcher's maintenance runs at its start and each ten minutes from there.
test("after its holder was killed the next job waits for the maintenance, expired or not", async () => {
  const victim = await sandbox.processes.start({ kind: "jobs", queues: ["victim"] });
  const holder = await enqueue('AccountJob.set(queue: :victim).perform_later("killed", "holds")');
  await untilSaid("account killed holds");
  const waiting = await enqueue('AccountJob.perform_later("killed", "is there")');
  const expiry = await expiryOf("AccountJob/killed");
  sandbox.processes.signal(victim.pid, "KILL");

  await sandbox.clock.advance(4 * MINUTE);
  expect(sandbox.clock.now()).toBeGreaterThan(expiry);
  expect(await stateOf(waiting)).toBe("blocked");
  expect(await stateOf(holder)).toBe("claimed");

  await sandbox.clock.advance(7 * MINUTE);
  expect(await stateOf(waiting)).toBe("finished");
  const { time } = present(
    eventsOf(sandbox, "job.unblocked").find(({ jobId }) => jobId === waiting.id),
  );
  const dispatcher = present(
    eventsOf(sandbox, "process.registered").find(({ kind }) => kind === "Dispatcher"),
  );
  expect(time - dispatcher.time).toBeGreaterThanOrEqual(10 * MINUTE - SECOND);
});

test("a job takes its turn by priority when several are blocked", async () => {
  await enqueue('AccountJob.perform_later("dora", "holds")');
  await untilSaid("account dora holds");
  await enqueue('AccountJob.set(priority: 5).perform_later("dora", "is less urgent")');
  await enqueue('AccountJob.perform_later("dora", "is urgent")');
  await sandbox.clock.advance(31 * SECOND);
  expect(saying("account dora")).toEqual([
    "account dora holds",
    "account dora is urgent",
    "account dora is less urgent",
  ]);
});

test("a blocked job that is run now runs beside the holder; one that is discarded is gone", async () => {
  const holder = await enqueue('AccountJob.perform_later("emil", "holds")');
  await untilSaid("account emil holds");
  const hasty = await enqueue('AccountJob.perform_later("emil", "pushes in")');
  const dropped = await enqueue('AccountJob.perform_later("emil", "never comes")');
  await sandbox.queue.discard(dropped.id);
  await sandbox.queue.runNow(hasty.id);
  await until(async () => (await stateOf(hasty)) === "finished", "the hasty one has finished");
  expect(await stateOf(holder)).toBe("claimed");
  await sandbox.clock.advance(31 * SECOND);
  expect(await stateOf(holder)).toBe("finished");
  expect(saying("account emil")).toEqual(["account emil holds", "account emil pushes in"]);
});

test("limits_concurrency to: 2 lets two of four run", async () => {
  await ruby(sandbox, "4.times { PairJob.perform_later }");
  await until(
    async () => (await sandbox.queue.counts()).claimed === 2,
    "two of the four are claimed",
  );
  expect(await states("PairJob")).toEqual(["blocked", "blocked", "claimed", "claimed"]);
  await sandbox.clock.advance(31 * SECOND);
  await until(
    async () => (await sandbox.queue.counts()).claimed === 2,
    "the other two are claimed",
  );
  expect(await states("PairJob")).toEqual(["claimed", "claimed", "finished", "finished"]);
  await sandbox.clock.advance(31 * SECOND);
  expect(await states("PairJob")).toEqual(Array(4).fill("finished"));
});

test("jobs side by side do not see each other's temporary tables", async () => {
  await ruby(sandbox, "ActiveJob.perform_all_later((1..3).map { SideJob.new(_1) })");
  await until(() => saying("side ").length === 3, "three jobs have begun");
  expect(await states("SideJob")).toEqual(["claimed", "claimed", "claimed"]);
  await sandbox.clock.advance(31 * SECOND);
  expect(saying("side ").slice(3).sort()).toEqual(["side 1: [1]", "side 2: [2]", "side 3: [3]"]);
});

test("a pause does not stop the job in hand, and nobody can discard it", async () => {
  const running = await enqueue('ReportJob.perform_later("in hand")');
  await untilSaid("report in hand begins");
  await sandbox.queue.pause("default");
  await expect(sandbox.queue.discard(running.id)).rejects.toThrow(
    "Can't discard a job in progress",
  );
  await sandbox.clock.advance(31 * SECOND);
  expect(await stateOf(running)).toBe("finished");
  await sandbox.queue.resume("default");
});
