import { afterAll, beforeAll, expect, test } from "vitest";
import { DatabaseError, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";

const FILES = {
  "db/migrate/20250302090000_create_runs.rb": `
    class CreateRuns < ActiveRecord::Migration[8.0]
      def change = create_table(:runs) { |t| t.string :name }
    end`,
  "app/models/run.rb": "class Run < ApplicationRecord; end",
  "app/jobs/quick_job.rb": `
    class QuickJob < ApplicationJob
      def perform(name) = Run.create!(name: name)
    end`,
  "app/jobs/endless_job.rb": `
    class EndlessJob < ApplicationJob
      def perform
        Run.create!(name: "endless")
        sleep
      end
    end`,
};

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "jobs" }] });
});

afterAll(() => sandbox.dispose());

async function runs(): Promise<unknown[]> {
  return (await sandbox.database.query("primary", "SELECT name FROM runs ORDER BY id")).rows.flat();
}

function alive(): string[] {
  return sandbox.processes
    .list()
    .filter(({ status }) => status !== "exited")
    .map(({ name }) => name);
}

test("the plug is pulled, and the work goes on from the files", async () => {
  await ruby(sandbox, 'QuickJob.perform_later("done"); EndlessJob.perform_later');
  await until(async () => (await runs()).length === 2, "both jobs have written");
  await until(async () => (await sandbox.queue.counts()).finished === 1, "one job has finished");
  for (const { pid, kind } of sandbox.processes.list())
    if (kind === "jobs") sandbox.processes.signal(pid, "KILL");
  await ruby(
    sandbox,
    'QuickJob.perform_later("waiting"); QuickJob.set(wait: 1.hour).perform_later("later")',
  );

  const files = await sandbox.database.export();
  expect(Object.keys(files)).toEqual(["primary", "queue"]);
  await ruby(sandbox, "Run.delete_all; SolidQueue::Job.destroy_all");
  await sandbox.database.import(files);

  expect(alive()).toEqual([]);
  expect((await runs()).sort()).toEqual(["done", "endless"]);
  expect(await sandbox.queue.counts()).toMatchObject({
    finished: 1,
    claimed: 1,
    ready: 1,
    scheduled: 1,
  });

  await sandbox.processes.start({ kind: "jobs" });
  await until(async () => (await runs()).includes("waiting"), "the waiting job has run");
  await sandbox.clock.advance(61 * 60_000);
  await untilDrained(sandbox);
  const jobs = await sandbox.queue.jobs();
  expect(jobs.map(({ className, state }) => [className, state])).toEqual([
    ["QuickJob", "finished"],
    ["QuickJob", "finished"],
    ["EndlessJob", "failed"],
    ["QuickJob", "finished"],
  ]);
  expect(jobs[2]?.error?.className).toBe("SolidQueue::Processes::ProcessPrunedError");
  expect((await runs()).slice(2)).toEqual(["waiting", "later"]);
});

test("an export holds what is committed, and only that", async () => {
  await ruby(sandbox, 'Run.delete_all; Run.create!(name: "committed")');
  await ruby(sandbox, 'Run.lease_connection.begin_transaction; Run.create!(name: "open")');
  const files = await sandbox.database.export();
  await ruby(sandbox, "Run.lease_connection.commit_transaction");
  expect(await runs()).toEqual(["committed", "open"]);
  await sandbox.database.import(files);
  expect(await runs()).toEqual(["committed"]);
});

test("an export can be taken again and again, and is the same after its import", async () => {
  const first = await sandbox.database.export();
  await sandbox.database.import(first);
  expect(await sandbox.database.export()).toEqual(first);
  expect(await ruby(sandbox, 'Run.lease_connection.select_value("PRAGMA integrity_check")')).toBe(
    '"ok"',
  );
});

test("the console begins anew on what was imported", async () => {
  await ruby(sandbox, "name = :kept");
  await sandbox.database.import(await sandbox.database.export());
  await expect(ruby(sandbox, "name")).rejects.toThrow("NameError");
  expect(await ruby(sandbox, "Run.pluck(:name)")).toBe('["committed"]');
});

test("a file that is no database changes nothing and ends no process", async () => {
  await ruby(sandbox, "kept = 1");
  const { primary } = await sandbox.database.export();
  const queue = new TextEncoder().encode("not a database ".repeat(100));
  await ruby(sandbox, 'Run.create!(name: "newer")');
  await expect(sandbox.database.import({ primary: primary as Uint8Array, queue })).rejects.toThrow(
    new DatabaseError("file is not a database"),
  );
  expect(await ruby(sandbox, "[ kept, Run.pluck(:name) ]")).toBe('[1, ["committed", "newer"]]');
});

test("the page can only read", async () => {
  const before = await runs();
  const writes = [
    "DELETE FROM runs",
    "INSERT INTO runs (name) VALUES ('page')",
    "UPDATE runs SET name = 'page'",
    "WITH gone AS (SELECT 1) DELETE FROM runs RETURNING id",
    "DROP TABLE runs",
    "CREATE TABLE page (id)",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA user_version = 7",
    "ATTACH 'storage/development_queue.sqlite3' AS q",
    "VACUUM",
  ];
  for (const sql of writes)
    await expect(sandbox.database.query("primary", sql), sql).rejects.toThrow(DatabaseError);
  expect(await runs()).toEqual(before);
  await ruby(sandbox, 'Run.create!(name: "still writable")');
});

test("an error says what is wrong", async () => {
  const query = (sql: string, binds?: string[]) => sandbox.database.query("primary", sql, binds);
  await expect(query("SELECT * FORM runs")).rejects.toThrow('near "FORM": syntax error');
  await expect(query("SELECT * FROM nowhere")).rejects.toThrow("no such table: nowhere");
  await expect(query("DELETE FROM runs")).rejects.toThrow("Here a statement may only read");
  await expect(query("SELECT 1; SELECT 2")).rejects.toThrow(DatabaseError);
  await expect(query("")).rejects.toThrow(DatabaseError);
  await expect(query("SELECT ?", ["a", "b"])).rejects.toThrow(DatabaseError);
  await expect(sandbox.database.query("cache", "SELECT 1")).rejects.toThrow(
    "config/database.yml names no database “cache”.",
  );
  await expect(sandbox.database.tables("cache")).rejects.toThrow(DatabaseError);
});
