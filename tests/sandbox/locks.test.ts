import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { JobRow, ProcessInfo, Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";

/**
 * Flags are rows in the queue's database, where nobody holds a lock: all processes see them at once.
 * Nobody times out here, unless a test says so: only what the tests do frees a lock.
 */
const FILES = {
  "config/database.yml": `
development:
  primary: { adapter: sqlite3, timeout: 3600000, database: storage/development.sqlite3 }
  queue: { adapter: sqlite3, timeout: 3600000, database: storage/development_queue.sqlite3, migrations_paths: db/queue_migrate }
`,
  "db/migrate/20250302090000_create_turns.rb": `
    class CreateTurns < ActiveRecord::Migration[8.0]
      def change = create_table(:turns) { |t| t.string :name }
    end`,
  "app/models/turn.rb": "class Turn < ApplicationRecord; end",
  "app/models/flag.rb": `
    class Flag < SolidQueue::Record
      self.table_name = "solid_queue_pauses"

      def self.raise!(name) = create!(queue_name: name)
      def self.await(name) = uncached { sleep 0.01 until exists?(queue_name: name) }
    end`,
  "app/jobs/write_job.rb": `
    class WriteJob < ApplicationJob
      def perform(name)
        Flag.raise! "#{name} is about to write"
        Turn.create!(name: name)
      end
    end`,
  // The same table on a connection with a timeout of its own, as config/database.yml would say it.
  "app/models/impatient_turn.rb": `
    class ImpatientTurn < ActiveRecord::Base
      self.table_name = "turns"
      establish_connection Turn.connection_db_config.configuration_hash.merge(timeout: 50)
    end`,
  "app/jobs/impatient_job.rb": `
    class ImpatientJob < ApplicationJob
      def perform = ImpatientTurn.create!(name: "late")
    end`,
  "app/jobs/read_job.rb": `
    class ReadJob < ApplicationJob
      def perform = Turn.none? || raise("saw what is not committed")
    end`,
  "app/controllers/locks_controller.rb": `
    class LocksController < ActionController::Base
      def show
        Turn.transaction do
          Turn.create!(name: "holder")
          Flag.raise! "held"
          Flag.await "let go"
        end
        head :ok
      end
    end`,
  "config/routes.rb": 'Rails.application.routes.draw { get "lock", to: "locks#show" }',
};

const QUEUES = ["a", "b", "c"];

let sandbox: Sandbox;
let holder: Promise<Response | null> = Promise.resolve(null);

beforeAll(async () => {
  sandbox = await bootTestSandbox({
    files: FILES,
    processes: [
      { kind: "web" },
      ...QUEUES.map((queue) => ({
        kind: "jobs" as const,
        queues: [queue],
        threads: 3,
      })),
    ],
  });
});

afterEach(async () => {
  await letGo();
  await ruby(sandbox, "SolidQueue::Job.destroy_all; Flag.delete_all; Turn.delete_all");
});

afterAll(() => sandbox.dispose());

/** The web process takes the lock to write and keeps it until `letGo`, or until it is killed. */
async function hold(): Promise<void> {
  holder = sandbox.fetch(new Request("http://localhost/lock")).catch(() => null);
  await untilFlag("held");
}

async function letGo(): Promise<Response | null> {
  await ruby(sandbox, 'Flag.find_or_create_by!(queue_name: "let go")');
  return holder;
}

async function untilFlag(name: string): Promise<void> {
  const sql = "SELECT 1 FROM solid_queue_pauses WHERE queue_name = ?";
  await until(async () => {
    const { rows } = await sandbox.database.query("queue", sql, [name]);
    return rows.length > 0;
  }, `the flag “${name}” is up`);
}

async function turns(): Promise<unknown[]> {
  const { rows } = await sandbox.database.query("primary", "SELECT name FROM turns ORDER BY id");
  return rows.flat();
}

function inState(state: JobRow["state"]): Promise<JobRow[]> {
  return sandbox.queue.jobs({ states: [state] });
}

function web(): ProcessInfo {
  const found = sandbox.processes
    .list()
    .find(({ kind, status }) => kind === "web" && status === "running");
  if (!found) throw new Error("No web process runs.");
  return found;
}

test("three processes that wait for a lock get it first come, first served", async () => {
  await hold();
  const arrivals = ["c", "a", "b"];
  for (const name of arrivals) {
    await ruby(sandbox, `WriteJob.set(queue: "${name}").perform_later("${name}")`);
    await untilFlag(`${name} is about to write`);
  }
  expect(await inState("claimed")).toHaveLength(3);
  expect(await turns()).toEqual([]);
  expect((await letGo())?.status).toBe(200);
  await untilDrained(sandbox);
  expect(await turns()).toEqual(["holder", ...arrivals]);
});

test("while one thread waits for a lock, the others of its process go on", async () => {
  await hold();
  await ruby(sandbox, 'WriteJob.set(queue: "a").perform_later("a")');
  await untilFlag("a is about to write");
  await ruby(sandbox, '5.times { ReadJob.set(queue: "a").perform_later }');
  await until(
    async () => (await inState("finished")).length === 5,
    "five other jobs have finished",
  );
  expect(await inState("claimed")).toMatchObject([{ className: "WriteJob" }]);
  await letGo();
  await untilDrained(sandbox);
  expect(await turns()).toEqual(["holder", "a"]);
});

test("who waits longer than the timeout gets Active Record's error", async () => {
  await hold();
  await ruby(sandbox, 'ImpatientJob.set(queue: "a").perform_later');
  await until(async () => (await inState("failed")).length === 1, "the job has failed");
  expect((await inState("failed"))[0]?.error).toMatchObject({
    className: "ActiveRecord::StatementTimeout",
    message: "SQLite3::BusyException: database is locked",
  });
  await letGo();
  expect(await turns()).toEqual(["holder"]);
});

test("who has given up waiting leaves its place to the next", async () => {
  await hold();
  await ruby(sandbox, 'ImpatientJob.set(queue: "a").perform_later');
  await ruby(sandbox, 'WriteJob.set(queue: "b").perform_later("b")');
  await untilFlag("b is about to write");
  await until(async () => (await inState("failed")).length === 1, "the impatient job has failed");
  await letGo();
  await untilDrained(sandbox);
  expect(await turns()).toEqual(["holder", "b"]);
});

test("a process killed while it waits leaves its place to the next", async () => {
  await hold();
  for (const name of ["c", "a"]) {
    await ruby(sandbox, `WriteJob.set(queue: "${name}").perform_later("${name}")`);
    await untilFlag(`${name} is about to write`);
  }
  const first = (await inState("claimed")).find(({ queueName }) => queueName === "c");
  sandbox.processes.signal(first?.claimedBy?.pid as number, "KILL");
  await letGo();
  await until(async () => (await inState("finished")).length === 1, "the second job has finished");
  expect(await turns()).toEqual(["holder", "a"]);
  expect(await inState("claimed")).toMatchObject([{ queueName: "c" }]);
});

test("a holder that is killed frees the lock and leaves no row", async () => {
  await hold();
  await ruby(sandbox, 'WriteJob.set(queue: "a").perform_later("a")');
  await untilFlag("a is about to write");
  sandbox.processes.signal(web().pid, "KILL");
  await untilDrained(sandbox);
  expect(await turns()).toEqual(["a"]);
  expect(await holder).toBe(null);
});
