/** What the page knows of the databases: changed rows, locks, the past, writing, and starting from an export. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";
import { alive, eventsOf, present } from "./support/stream.ts";

const HOLDER = `
class LocksController < ActionController::Base
  def show
    Photo.transaction { Photo.connection.execute("UPDATE photos SET title = title"); sleep 600 }
  end
end
`;
const FILES = {
  "app/controllers/locks_controller.rb": HOLDER,
  "app/jobs/noop_job.rb": "class NoopJob < ApplicationJob\n  def perform = nil\nend\n",
  "config/routes.rb":
    'Rails.application.routes.draw { get "lock", to: "locks#show"; resources :photos }',
};
const CREATE = `Photo.insert({ title: "one", image: "\\xFF\\x00".b, content_type: "image/jpeg" }); nil`;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES });
});
afterAll(() => sandbox.dispose());

const changed = (database: string) =>
  eventsOf(sandbox, "rows.changed").filter((event) => event.database === database);

test("rows that a process commits are told, and the table can be seen as it was", async () => {
  await ruby(sandbox, CREATE);
  const inserted = () => changed("primary").find(({ tables }) => tables[0]?.table === "photos");
  await until(() => inserted() !== undefined, "the row is told");
  const event = present(inserted());
  expect(event).toMatchObject({
    process: "console",
    tables: [{ table: "photos", operation: "insert", count: 1, keys: [[1]] }],
  });
  await sandbox.clock.advance(1000);
  await ruby(sandbox, 'Photo.update_all(title: "two"); nil');
  const title = "SELECT title FROM photos";
  const then = await sandbox.database.at(event.time).query("primary", title);
  expect(then.rows).toEqual([["one"]]);
  expect((await sandbox.database.query("primary", title)).rows).toEqual([["two"]]);
  const before = sandbox.database.at((await sandbox.database.knownSince("primary")) - 1);
  await expect(before.tables("primary")).rejects.toThrow("The tables are known only from");
});

test("who holds the lock to write and who waits is told, and the page waits as well", async () => {
  const [web] = alive(sandbox, "web");
  sandbox.fetch(new Request("http://localhost:3000/lock")).catch(() => undefined);
  const held = async () => (await sandbox.database.locks()).find((l) => l.database === "primary");
  await until(async () => (await held())?.holder.pid === web?.pid, "web holds the lock");
  const writing = sandbox.database.execute("primary", "UPDATE photos SET title = ?", ["page"]);
  await until(async () => (await held())?.waiting[0]?.pid === 0, "the page waits");
  const told = () => eventsOf(sandbox, "database.locks").at(-1)?.locks;
  await until(() => told()?.[0]?.waiting.length === 1, "the lock and who waits are told");
  sandbox.processes.signal(present(web).pid, "KILL");
  expect((await writing).changes).toBe(1);
  expect(await ruby(sandbox, "Photo.pick(:title)")).toBe('"page"');
  await until(() => told()?.length === 0, "the lock's end is told");
  await sandbox.processes.start({ kind: "web" });
});

describe("a sandbox that starts from an export", () => {
  let again: Sandbox;
  afterAll(() => again.dispose());

  test("has rows, jobs and time as they were", async () => {
    await ruby(
      sandbox,
      "3.times { NoopJob.perform_later }; NoopJob.set(wait: 1.hour).perform_later; nil",
    );
    again = await bootTestSandbox({ files: FILES, snapshot: await sandbox.snapshot() });
    expect(again.clock.offset()).toBe(sandbox.clock.offset());
    const pids = (of: Sandbox) => of.processes.list().map(({ pid }) => pid);
    expect(Math.min(...pids(again))).toBeGreaterThan(Math.max(...pids(sandbox)));
    const picture = "SELECT title, image FROM photos";
    expect((await again.database.query("primary", picture)).rows).toEqual([
      ["page", Uint8Array.of(255, 0)],
    ]);
    expect(await again.queue.counts()).toMatchObject({ ready: 3, scheduled: 1 });
    await again.processes.start({ kind: "jobs" });
    await untilDrained(again);
    expect(await again.queue.counts()).toMatchObject({ ready: 0, finished: 3, scheduled: 1 });
  });

  test("runs a check on fresh databases all the same", async () => {
    const source = `class T < Sandbox::Check\n  test("none") { assert_equal 0, Photo.count }\nend`;
    expect(await again.check(source)).toMatchObject({ error: null, passed: true });
  });

  test("says so when a file is no database, or another image's", async () => {
    const snapshot = await again.snapshot();
    const primary = new TextEncoder().encode("nonsense".repeat(1000));
    const broken = { ...snapshot, databases: { ...snapshot.databases, primary } };
    const booting = bootTestSandbox({ files: FILES, snapshot: broken });
    await expect(booting).rejects.toThrow("not a database");
    const foreign = bootTestSandbox({ files: FILES, snapshot: { ...snapshot, image: "other" } });
    await expect(foreign).rejects.toThrow("belong to another version");
  });
});
