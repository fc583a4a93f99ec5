/** What the event stream says of statements, transactions and where jobs come from. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { SandboxEvent } from "../../src/sandbox/events.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";
import { eventsOf, present } from "./support/stream.ts";

const FILES = {
  "app/jobs/look_job.rb": `
    class LookJob < ApplicationJob
      def perform(id)
        Photo.find_by(id: id)
      end
    end`,
  "app/jobs/hold_job.rb": `
    class HoldJob < ApplicationJob
      def perform
        Photo.transaction do
          Photo.create!(title: "Held", sample: true)
          sleep 60
        end
      end
    end`,
  "app/controllers/photos_controller.rb": `
    class PhotosController < ApplicationController
      skip_forgery_protection
      def index = head(:ok)
      def create
        Photo.transaction do
          photo = Photo.create!(title: "Sea", sample: true)
          LookJob.perform_later(photo.id)
        end
        head :created
      end
    end`,
};

let sandbox: Sandbox;
let from = 0;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "web" }, { kind: "jobs" }] });
});
afterAll(() => sandbox.dispose());
beforeEach(async () => {
  await arrived();
  from = sandbox.events.history().at(-1)?.seq ?? 0;
});

let marker = -1000;
const isMarker = (event: SandboxEvent) =>
  event.type === "statement" && event.ids?.some((id) => Number(id) <= -1000) === true;

/** An answer of the console may overtake its events: waits until all of them are here. */
async function arrived(): Promise<void> {
  const id = --marker;
  await ruby(sandbox, `Photo.where(id: ${id}).to_a; nil`);
  const isHere = (event: SandboxEvent) => event.type === "statement" && event.ids?.[0] === id;
  await until(() => sandbox.events.history().some(isHere), "the console's events are here");
}

const told = () => sandbox.events.history().filter((event) => event.seq > from && !isMarker(event));
const statements = () => told().filter((event) => event.type === "statement");
const STORY = /^(statement|transaction|savepoint)/;
const story = (events: SandboxEvent[] = told()) =>
  events
    .filter(({ type }) => STORY.test(type))
    .map((event) =>
      event.type === "statement"
        ? `${event.operation} ${event.table} ${event.rowCount}`
        : event.type,
    );
const newest = <Type extends SandboxEvent["type"]>(type: Type) =>
  present(eventsOf(sandbox, type).at(-1), type);

test("a request, its transaction, its statements and its job are linked", async () => {
  const response = await sandbox.fetch(
    new Request("http://localhost:3000/photos", { method: "POST", body: "" }),
  );
  expect(response.status).toBe(201);
  await untilDrained(sandbox);
  await until(() => told().some(({ type }) => type === "job.finished"), "the job has finished");

  const { requestId } = newest("request.started");
  expect(newest("request.finished").requestId).toBe(requestId);
  const inserted = present(
    told().find((event) => event.type === "statement" && event.operation === "insert"),
  );
  const enqueued = newest("job.enqueued");
  const { transaction } = newest("transaction.committed");
  const path = "app/controllers/photos_controller.rb";
  expect(inserted).toMatchObject({ table: "photos", database: "primary", rowCount: 1 });
  expect(inserted).toMatchObject({
    origin: { requestId, transaction, jobId: null, location: { path, line: 7 } },
  });
  expect(enqueued).toMatchObject({
    rowInTransaction: false,
    origin: { requestId, transaction, jobId: null, location: { path, line: 8 } },
  });

  const ids = inserted.type === "statement" ? inserted.ids : null;
  const looked = present(statements().at(-1));
  expect(looked).toMatchObject({ operation: "select", ids, process: "jobs-1" });
  expect(looked.origin).toEqual({
    requestId: null,
    jobId: enqueued.job.jobId,
    activeJobId: enqueued.job.activeJobId,
    transaction: null,
    location: { path: "app/jobs/look_job.rb", line: 4 },
  });
  expect(looked.duration).toBeGreaterThanOrEqual(0);
});

test("rows are counted as SQLite counts them, and named where the statement names them", async () => {
  await ruby(sandbox, "Photo.delete_all; nil");
  await ruby(sandbox, '3.times { |n| Photo.create!(title: "p#{n}", sample: true) }; nil');
  await arrived();
  const first = statements().find(({ operation }) => operation === "insert");
  await ruby(sandbox, 'Photo.update_all(title: "x"); Photo.first.update!(title: "y"); nil');
  await ruby(sandbox, "Photo.find(Photo.minimum(:id)); Photo.where(id: -1).to_a; nil");
  await arrived();
  expect(story()).toContain("update photos 3");
  const named = statements().filter(({ ids }) => ids !== null);
  expect(named.at(-1)).toMatchObject({ operation: "select", rowCount: 0, ids: [-1] });
  expect(named.at(-2)).toMatchObject({ operation: "select", rowCount: 1, ids: first?.ids });
  expect(named.at(-3)).toMatchObject({ operation: "update", rowCount: 1, ids: first?.ids });
});

test("a savepoint's end is no commit, and its rollback is told", async () => {
  await ruby(
    sandbox,
    `Photo.transaction do
       Photo.create!(title: "Outer", sample: true)
       Photo.transaction(requires_new: true) do
         Photo.update_all(title: "Undone")
         raise ActiveRecord::Rollback
       end
       Photo.transaction(requires_new: true) { Photo.update_all(title: "Kept") }
     end; nil`,
  );
  await arrived();
  const types = told().map(({ type }) => type);
  expect(types.filter((type) => STORY.test(type))).toEqual([
    "transaction.opened",
    "statement",
    "savepoint.opened",
    "statement",
    "savepoint.rolledBack",
    "savepoint.opened",
    "statement",
    "savepoint.released",
    "transaction.committed",
  ]);
  const opened = newest("transaction.opened");
  expect(newest("savepoint.released").transaction).toBe(opened.transaction);
  expect(newest("transaction.committed").transaction).toBe(opened.transaction);
});

test("a nested transaction that joins is no transaction of its own", async () => {
  await ruby(
    sandbox,
    'Photo.transaction { Photo.transaction { Photo.create!(title: "J", sample: true) } }; nil',
  );
  await arrived();
  expect(story()).toEqual(["transaction.opened", "insert photos 1", "transaction.committed"]);
});

test("a transaction without a statement was never begun, so it is not told", async () => {
  await ruby(sandbox, "Photo.transaction { 1 + 1 }; nil");
  await ruby(sandbox, "LookJob.perform_later(0); nil");
  await untilDrained(sandbox);
  await until(() => story().length > 0, "the job has looked");
  expect(story()).toEqual(["select photos 0"]);
});

test("what a killed process had open is told as rolled back, before its end", async () => {
  await ruby(sandbox, "HoldJob.perform_later; nil");
  const held = () =>
    told().find(({ type, process }) => type === "statement" && process === "jobs-1");
  await until(() => held() !== undefined, "the job holds its transaction");
  sandbox.processes.signal(present(held()).pid, "KILL");
  const opened = newest("transaction.opened");
  const last = told()
    .map(({ type }) => type)
    .slice(-3);
  expect(last).toEqual(["process.signaled", "transaction.rolledBack", "process.exited"]);
  expect(newest("transaction.rolledBack")).toMatchObject({
    transaction: opened.transaction,
    process: "jobs-1",
    database: "primary",
  });
});
