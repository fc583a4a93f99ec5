import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { JobRow, JobState, Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";

/** One model for each way to enqueue, all on the base app's table of photos. */
const FILES = {
  "app/models/snapshot.rb": `
    class Snapshot < ApplicationRecord
      self.abstract_class = true

      def self.take! = create!(title: "Sunset", image: "bytes", content_type: "image/png")
    end`,
  "app/models/eager_photo.rb": photoModel(
    "EagerPhoto",
    "after_save { RecordJob.perform_later(self) }",
  ),
  "app/models/eager_id_photo.rb": photoModel(
    "EagerIdPhoto",
    "after_save { IdJob.perform_later(id) }",
  ),
  "app/models/deferred_photo.rb": photoModel(
    "DeferredPhoto",
    "after_save { DeferredJob.perform_later(self) }",
  ),
  "app/models/patient_photo.rb": photoModel(
    "PatientPhoto",
    "after_create_commit { RecordJob.perform_later(self) }",
  ),
  "app/jobs/record_job.rb": `
    class RecordJob < ApplicationJob
      def perform(photo) = photo.update_columns(processed: true)
    end`,
  "app/jobs/id_job.rb": `
    class IdJob < ApplicationJob
      def perform(id) = EagerIdPhoto.find(id).update_columns(processed: true)
    end`,
  "app/jobs/deferred_job.rb": `
    class DeferredJob < RecordJob
      self.enqueue_after_transaction_commit = true
    end`,
  "app/jobs/count_job.rb": `
    class CountJob < ApplicationJob
      def perform = raise("I see #{PatientPhoto.count} photos")
    end`,
  "app/controllers/imports_controller.rb": `
    class ImportsController < ActionController::Base
      skip_forgery_protection

      # Saves, and keeps the transaction open until a worker has tried the job.
      def create
        ActiveRecord::Base.transaction do
          EagerPhoto.take!
          SolidQueue::Record.uncached { sleep 0.01 until SolidQueue::FailedExecution.exists? }
        end
        head :created
      end
    end`,
  "config/routes.rb": "Rails.application.routes.draw { resources :imports, only: :create }",
};

function photoModel(name: string, callback: string): string {
  return `class ${name} < Snapshot\n  self.table_name = "photos"\n  ${callback}\nend\n`;
}

/** Ruby that waits until some job has failed. In the queue's own database nothing is locked meanwhile. */
const UNTIL_TRIED = "sleep 0.01 until SolidQueue::FailedExecution.exists?";

let sandbox: Sandbox;

async function jobs(state?: JobState): Promise<JobRow[]> {
  return sandbox.queue.jobs(state ? { states: [state] } : {});
}

async function stored(): Promise<number> {
  const { rows } = await sandbox.database.query("primary", "SELECT count(*) FROM photos");
  return Number(rows[0]?.[0]);
}

async function processed(): Promise<number> {
  const sql = "SELECT count(*) FROM photos WHERE processed";
  return Number((await sandbox.database.query("primary", sql)).rows[0]?.[0]);
}

/** Runs Ruby in a transaction, which is then rolled back. */
async function rolledBack(code: string): Promise<string> {
  return ruby(sandbox, `ActiveRecord::Base.transaction { ${code}; raise ActiveRecord::Rollback }`);
}

async function forget(): Promise<void> {
  await ruby(sandbox, "SolidQueue::Job.destroy_all; EagerPhoto.delete_all");
}

describe("with the queue in a database of its own", () => {
  beforeAll(async () => {
    sandbox = await bootTestSandbox({
      files: FILES,
      processes: [{ kind: "web" }, { kind: "jobs" }],
    });
  });
  afterEach(forget);
  afterAll(() => sandbox.dispose());

  test("a worker does not see a photo before its transaction is committed", async () => {
    const inside = await ruby(
      sandbox,
      `ActiveRecord::Base.transaction do
        PatientPhoto.take!
        CountJob.perform_later
        ${UNTIL_TRIED}
        PatientPhoto.count
      end`,
    );
    expect(inside).toBe("1");
    expect((await jobs("failed"))[0]?.error).toMatchObject({
      className: "RuntimeError",
      message: "I see 0 photos",
    });
  });

  test("a job from after_save that takes the record cannot find it while the transaction is open", async () => {
    await ruby(sandbox, `ActiveRecord::Base.transaction { EagerPhoto.take!; ${UNTIL_TRIED} }`);
    const [job] = await jobs();
    expect(job).toMatchObject({ state: "failed", className: "RecordJob" });
    expect(job?.error?.className).toBe("ActiveJob::DeserializationError");
    expect(job?.error?.message).toMatch(
      /^Error while trying to deserialize arguments: Couldn't find EagerPhoto with 'id'=\d+$/,
    );
    expect(job?.error?.backtrace).not.toHaveLength(0);
    expect([await stored(), await processed()]).toEqual([1, 0]);
  });

  test("the same job succeeds when it is retried after the commit", async () => {
    await ruby(sandbox, `ActiveRecord::Base.transaction { EagerPhoto.take!; ${UNTIL_TRIED} }`);
    const [failed] = await jobs("failed");
    await sandbox.queue.retry(failed?.id as number);
    await untilDrained(sandbox);
    expect(await jobs()).toMatchObject([{ id: failed?.id, state: "finished" }]);
    expect(await processed()).toBe(1);
  });

  test("a job from after_save that takes an id fails inside perform instead", async () => {
    await ruby(sandbox, `ActiveRecord::Base.transaction { EagerIdPhoto.take!; ${UNTIL_TRIED} }`);
    const [job] = await jobs();
    expect(job?.error?.className).toBe("ActiveRecord::RecordNotFound");
    expect(job?.error?.message).toMatch(/^Couldn't find EagerIdPhoto with 'id'=\d+$/);
    expect(job?.error?.backtrace?.join("\n")).toContain("app/jobs/id_job.rb:3");
  });

  test("it makes no difference that a request holds the transaction open", async () => {
    const response = await sandbox.fetch(
      new Request("http://localhost/imports", { method: "POST" }),
    );
    expect(response.status).toBe(201);
    expect((await jobs())[0]?.error?.className).toBe("ActiveJob::DeserializationError");
    expect([await stored(), await processed()]).toEqual([1, 0]);
  });

  test("a job from after_create_commit is enqueued when the photo is there to be found", async () => {
    const waiting = await ruby(
      sandbox,
      "ActiveRecord::Base.transaction { PatientPhoto.take!; SolidQueue::Job.count }",
    );
    expect(waiting).toBe("0");
    await untilDrained(sandbox);
    expect(await jobs()).toMatchObject([{ state: "finished", className: "RecordJob" }]);
    expect(await processed()).toBe(1);
  });

  test("enqueue_after_transaction_commit makes after_save as good", async () => {
    const waiting = await ruby(
      sandbox,
      "ActiveRecord::Base.transaction { DeferredPhoto.take!; SolidQueue::Job.count }",
    );
    expect(waiting).toBe("0");
    await untilDrained(sandbox);
    expect(await jobs()).toMatchObject([{ state: "finished", className: "DeferredJob" }]);
    expect(await processed()).toBe(1);
  });

  test("a rollback does not take the job back", async () => {
    await rolledBack("EagerPhoto.take!");
    await untilDrained(sandbox);
    expect(await stored()).toBe(0);
    expect(await jobs()).toMatchObject([
      { state: "failed", error: { className: "ActiveJob::DeserializationError" } },
    ]);
  });

  test("a rollback drops the job that waits for the commit, although it calls itself enqueued", async () => {
    await rolledBack("photo = DeferredPhoto.take!; $job = DeferredJob.perform_later(photo)");
    expect(await ruby(sandbox, "[ $job.successfully_enqueued?, $job.provider_job_id ]")).toBe(
      "[true, nil]",
    );
    expect([await stored(), await jobs()]).toEqual([0, []]);
  });

  test("perform_all_later does not wait for the commit, whatever the job says", async () => {
    await rolledBack(
      "photo = PatientPhoto.take!; ActiveJob.perform_all_later(2.times.map { DeferredJob.new(photo) })",
    );
    await untilDrained(sandbox);
    expect([await stored(), (await jobs()).length]).toEqual([0, 2]);
  });

  test("a transaction inside another only counts with it", async () => {
    await ruby(
      sandbox,
      `ActiveRecord::Base.transaction do
        PatientPhoto.take!
        ActiveRecord::Base.transaction(requires_new: true) { PatientPhoto.take!; raise ActiveRecord::Rollback }
      end`,
    );
    await untilDrained(sandbox);
    expect([await stored(), (await jobs()).length]).toEqual([1, 1]);
  });

  test("the timeline tells which transaction ended how", async () => {
    const seen = sandbox.events.history().length;
    await ruby(sandbox, "ActiveRecord::Base.transaction { PatientPhoto.take! }");
    await rolledBack("PatientPhoto.take!");
    await until(() => outcomes(seen).length === 4, "both transactions are told");
    expect(outcomes(seen)).toEqual(["opened", "committed", "opened", "rolledBack"]);
  });

  function outcomes(from: number): string[] {
    return sandbox.events
      .history()
      .slice(from)
      .filter((event) => event.process === "console" && event.type.startsWith("transaction."))
      .map((event) => event.type.replace("transaction.", ""));
  }
});

describe("with the queue in the app's database", () => {
  beforeAll(async () => {
    sandbox = await bootTestSandbox({
      files: { ...FILES, ...(await singleDatabase()) },
      processes: [{ kind: "web" }, { kind: "jobs" }],
    });
  });
  afterEach(forget);
  afterAll(() => sandbox.dispose());

  test("there is one database, and the page finds the queue in it", async () => {
    expect(await sandbox.database.names()).toEqual(["primary"]);
    const tables = (await sandbox.database.tables("primary")).map(({ name }) => name);
    expect(tables).toEqual(expect.arrayContaining(["photos", "solid_queue_jobs"]));
    expect(await ruby(sandbox, "SolidQueue::Record.connection_pool.db_config.name")).toBe(
      '"primary"',
    );

    await ruby(sandbox, "RecordJob.set(wait: 1.hour).perform_later(PatientPhoto.take!)");
    expect(await jobs("scheduled")).toHaveLength(1);
    const registered = await sandbox.queue.processes();
    expect(registered.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["Worker", "Dispatcher"]),
    );
  });

  test("a rollback takes the job back with the data", async () => {
    await rolledBack("EagerPhoto.take!");
    expect([await stored(), await jobs()]).toEqual([0, []]);
  });

  test("a rollback drops the job that waits for the commit", async () => {
    await rolledBack("DeferredPhoto.take!");
    expect([await stored(), await jobs()]).toEqual([0, []]);
  });

  test("a job from after_save cannot be seen before the photo can", async () => {
    const seen = await ruby(
      sandbox,
      `ActiveRecord::Base.transaction do
        EagerPhoto.take!
        sleep 0.3
        [ SolidQueue::Job.count, SQLite3::Database.new("storage/development.sqlite3").get_first_value("SELECT count(*) FROM solid_queue_jobs") ]
      end`,
    );
    expect(seen).toBe("[1, 0]");
    await untilDrained(sandbox);
    expect(await jobs()).toMatchObject([{ state: "finished", className: "RecordJob" }]);
    expect(await processed()).toBe(1);
  });

  test("a commit commits both", async () => {
    await ruby(sandbox, "ActiveRecord::Base.transaction { EagerPhoto.take!; DeferredPhoto.take! }");
    await untilDrained(sandbox);
    expect([await stored(), await processed(), (await jobs("finished")).length]).toEqual([2, 2, 2]);
  });
});

/** What Solid Queue's README says for one database: its tables in a migration, no `connects_to`. */
async function singleDatabase(): Promise<Record<string, string>> {
  const base = new URL("../../src/sandbox/base-app/", import.meta.url);
  const read = (path: string) => readFile(new URL(path, base), "utf8");
  const development = await read("config/environments/development.rb");
  const schema = await read("db/queue_schema.rb");
  const tables = schema.split("\n").slice(1, -2).join("\n");
  return {
    "config/database.yml":
      "development:\n  adapter: sqlite3\n  timeout: 5000\n  database: storage/development.sqlite3\n",
    "config/environments/development.rb": development.replace(/^.*connects_to.*\n/m, ""),
    "db/migrate/20250302090000_create_queue.rb": `class CreateQueue < ActiveRecord::Migration[8.0]
      def change
        ${tables}
      end
    end`,
  };
}
