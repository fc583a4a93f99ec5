/** Active Job's own adapters, and the queue's database, as a lesson changes them in a running sandbox. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ProcessInfo, Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";
import { alive, eventsOf, linesOf, present } from "./support/stream.ts";

const HOUR = 3_600_000;
const DEVELOPMENT = "config/environments/development.rb";

const FILES = {
  "app/jobs/note_job.rb": `
    class NoteJob < ApplicationJob
      def perform(name, seconds = 0)
        puts "#{name} begins in #{Process.pid}"
        sleep seconds
        puts "#{name} ends"
      end
    end`,
  "config/routes.rb": `
    Rails.application.routes.draw do
      get "later/:name(/:seconds)", to: ->(env) {
        name, seconds = env["action_dispatch.request.path_parameters"].values_at(:name, :seconds)
        NoteJob.perform_later(name, seconds.to_i)
        puts "#{name} answered"
        [ 200, {}, [ "enqueued" ] ]
      }
      get "delayed/:name", to: ->(env) {
        name = env["action_dispatch.request.path_parameters"][:name]
        NoteJob.set(wait: 1.hour).perform_later(name)
        [ 200, {}, [ "delayed" ] ]
      }
      get "up", to: ->(_) { [ 200, {}, [ "up" ] ] }
    end`,
};

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES });
});
afterAll(() => sandbox.dispose());

function request(path: string): Promise<Response> {
  return sandbox.fetch(new Request(`http://localhost:3000${path}`));
}

function lines(prefix: string): string[] {
  return linesOf(sandbox, prefix).map(({ text }) => text);
}

function web(): ProcessInfo {
  return present(alive(sandbox, "web")[0], "the web process");
}

async function restart(signal: "TERM" | "KILL" = "KILL"): Promise<void> {
  const before = sandbox.processes.list().filter(({ status }) => status !== "exited");
  for (const { pid } of before) sandbox.processes.signal(pid, signal);
  await Promise.all(before.map(({ pid }) => sandbox.processes.wait(pid)));
  await sandbox.processes.start({ kind: "web" });
}

async function useAdapter(name: string): Promise<void> {
  const text = sandbox.files.readText(DEVELOPMENT);
  sandbox.files.write(
    DEVELOPMENT,
    text.replace(/queue_adapter = :\w+/, `queue_adapter = :${name}`),
  );
  await restart();
}

describe(":inline", () => {
  beforeAll(() => useAdapter("inline"));

  test("runs the job in the request, before the answer", async () => {
    expect((await request("/later/inlined")).status).toBe(200);
    await until(() => lines("inlined").length === 3, "all is printed");
    expect(lines("inlined")).toEqual([
      `inlined begins in ${web().pid}`,
      "inlined ends",
      "inlined answered",
    ]);
    expect(await sandbox.queue.jobs()).toEqual([]);
    const performed = present(eventsOf(sandbox, "job.performed").at(-1));
    expect(performed).toMatchObject({ process: "web", job: { className: "NoteJob", jobId: null } });
  });

  test("refuses to wait, as Active Job does", async () => {
    const response = await request("/delayed/refused");
    expect(response.status).toBe(500);
    const error = JSON.parse(
      decodeURIComponent(present(response.headers.get("x-sandbox-error"))),
    ) as unknown;
    expect(error).toMatchObject({ className: "NotImplementedError" });
  });
});

describe(":async", () => {
  beforeAll(() => useAdapter("async"));

  test("answers first; the job runs in the web process, which answers others meanwhile", async () => {
    await request("/later/sleeper/30");
    await until(() => lines("sleeper").length === 2, "the job has begun");
    expect(lines("sleeper")).toEqual(["sleeper answered", `sleeper begins in ${web().pid}`]);
    expect((await request("/up")).status).toBe(200);
    await sandbox.clock.advance(31_000);
    await until(() => lines("sleeper ends").length === 1, "the job has ended");
    expect(await sandbox.queue.jobs()).toEqual([]);
    expect(eventsOf(sandbox, "job.performed").at(-1)).toMatchObject({
      process: "web",
      job: { jobId: null },
    });
  });

  test("has as many threads as its pool, and the rest wait", async () => {
    for (let number = 1; number <= 7; number++) await request(`/later/crowd${number}/60`);
    await until(() => lines("crowd").length === 12, "five jobs have begun");
    await request("/up");
    expect(lines("crowd").filter((line) => line.includes("begins"))).toHaveLength(5);
    await sandbox.clock.advance(61_000);
    await until(() => lines("crowd").filter((l) => l.includes("begins")).length === 7, "all began");
    await sandbox.clock.advance(61_000);
    await until(() => lines("crowd").filter((l) => l.includes("ends")).length === 7, "all ended");
  });

  test("set(wait:) is due when the clock says so", async () => {
    await request("/delayed/patient");
    const scheduled = present(eventsOf(sandbox, "job.scheduled").at(-1));
    await sandbox.clock.advance(HOUR - 60_000);
    expect(lines("patient")).toEqual([]);
    await sandbox.clock.advance(2 * HOUR);
    await until(() => lines("patient ends").length === 1, "the delayed job has run");
    const started = present(eventsOf(sandbox, "job.started").at(-1));
    expect(started.time).toBeGreaterThanOrEqual(scheduled.at);
    expect(started.time - scheduled.at).toBeLessThan(60_000);
  });

  test("loses what waits and what runs when its process is killed", async () => {
    await request("/later/doomed/600");
    await request("/delayed/forgotten");
    await until(() => lines("doomed begins").length === 1, "the job has begun");
    await restart("KILL");
    await sandbox.clock.advance(3 * HOUR);
    await request("/up");
    expect(lines("doomed ends")).toEqual([]);
    expect(lines("forgotten")).toEqual([]);
  });
});

describe("the queue's database", () => {
  const DATABASE = "config/database.yml";
  const MIGRATION = "db/migrate/20250303090000_create_queue_tables.rb";
  let original: { database: string; development: string };

  beforeAll(async () => {
    await useAdapter("solid_queue");
    original = {
      database: sandbox.files.readText(DATABASE),
      development: sandbox.files.readText(DEVELOPMENT),
    };
  });
  beforeEach(() => untilNobodyRuns());

  async function untilNobodyRuns(): Promise<void> {
    for (const { pid } of alive(sandbox, "jobs")) {
      sandbox.processes.signal(pid, "TERM");
      await sandbox.processes.wait(pid);
    }
  }

  async function performOne(name: string): Promise<void> {
    await sandbox.processes.start({ kind: "jobs" });
    await request(`/later/${name}`);
    await untilDrained(sandbox);
    expect(lines(`${name} ends`)).toHaveLength(1);
  }

  async function tableNames(database: string): Promise<string[]> {
    return (await sandbox.database.tables(database)).map(({ name }) => name);
  }

  /** Does a rollback of the request's transaction take the job with it? */
  async function rolledBack(): Promise<boolean> {
    const before = (await sandbox.queue.jobs()).length;
    await ruby(
      sandbox,
      'ActiveRecord::Base.transaction { NoteJob.perform_later("undone"); raise ActiveRecord::Rollback }; nil',
    );
    return (await sandbox.queue.jobs()).length === before;
  }

  test("is one of its own to begin with", async () => {
    await performOne("apart");
    expect(await sandbox.database.names()).toEqual(["primary", "queue"]);
    expect(await rolledBack()).toBe(false);
    await untilDrained(sandbox);
  });

  test("becomes the app's when connects_to goes and the processes restart", async () => {
    const schema = sandbox.files.readText("db/queue_schema.rb");
    const tables = schema.slice(schema.indexOf("do\n") + 3, schema.lastIndexOf("end"));
    sandbox.files.write(
      MIGRATION,
      `class CreateQueueTables < ActiveRecord::Migration[8.0]\n  def change\n${tables}\n  end\nend\n`,
    );
    sandbox.files.write(DATABASE, original.database.replace(/ {2}queue:\n[^]*$/, ""));
    sandbox.files.write(DEVELOPMENT, original.development.replace(/^.*connects_to.*$/m, ""));
    await restart();
    expect(await sandbox.database.names()).toEqual(["primary"]);
    expect(await tableNames("primary")).toContain("solid_queue_jobs");
    expect(await sandbox.queue.jobs()).toEqual([]);
    await performOne("together");
    expect(await rolledBack()).toBe(true);
  });

  test("is apart again when they come back, with what it held", async () => {
    sandbox.files.write(DATABASE, original.database);
    sandbox.files.write(DEVELOPMENT, original.development);
    await restart();
    expect(await sandbox.database.names()).toEqual(["primary", "queue"]);
    expect((await sandbox.queue.counts()).finished).toBeGreaterThan(0);
    await performOne("apart-again");
    expect(await rolledBack()).toBe(false);
  });
});
