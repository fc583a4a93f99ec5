import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";
import { eventsOf } from "./support/stream.ts";

const FILES = {
  "app/jobs/mail_job.rb": `
    class MailJob < ApplicationJob
      def perform(photo) = PhotoMailer.processed(photo).deliver_now
    end`,
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "web" }, { kind: "jobs" }] });
  await ruby(sandbox, 'Photo.create!(title: "Sea", sample: true); nil');
});
afterAll(() => sandbox.dispose());

test("a job's way is told in order: enqueued, claimed, started, mail, performed, finished", async () => {
  await ruby(sandbox, "MailJob.perform_later(Photo.first); nil");
  await untilDrained(sandbox);
  const story = sandbox.events
    .history()
    .filter(({ type }) => type.startsWith("job.") || type.startsWith("mail."))
    .map(({ type, process }) => `${process} ${type}`);
  expect(story).toEqual([
    "console job.enqueued",
    "jobs-1 job.claimed",
    "jobs-1 job.started",
    "jobs-1 mail.delivered",
    "jobs-1 job.performed",
    "jobs-1 job.finished",
  ]);
});

test("every event has the next number, a time and a process", () => {
  const events = sandbox.events.history();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  for (const event of events) {
    expect(event.time).toBeGreaterThan(0);
    expect(event.process).not.toBe("");
  }
});

test("a mail says who delivered it, in which job, and when", () => {
  const [mail] = sandbox.mails();
  const [started] = eventsOf(sandbox, "job.started");
  expect(mail).toMatchObject({ process: "jobs-1", activeJobId: started?.job.activeJobId });
  expect(mail?.time).toBeGreaterThanOrEqual(started?.time ?? Infinity);
  expect(mail?.subject).not.toBe("");
  expect(mail?.html).toContain("<");
  expect(mail?.text).not.toBe("");
});

test("deliver_later's mail is rendered by the worker, deliver_now's by the caller", async () => {
  const mailer = "PhotoMailer.processed(Photo.first)";
  await ruby(
    sandbox,
    `${mailer}.deliver_now; ${mailer}.deliver_later; Photo.first.update!(title: "Lake"); nil`,
  );
  await untilDrained(sandbox);
  const [now, later] = sandbox.mails().slice(1);
  expect(now).toMatchObject({ process: "console", activeJobId: null });
  expect(later?.process).toBe("jobs-1");
  expect(later?.activeJobId).toMatch(/-/);
});

test("transactions are opened and committed or rolled back, each by its name", async () => {
  await ruby(
    sandbox,
    'Photo.transaction { Photo.first.update!(title: "x"); raise ActiveRecord::Rollback }; nil',
  );
  const told = () => eventsOf(sandbox, "transaction.rolledBack");
  await until(() => told().length > 0, "the rollback is told");
  const [rolledBack] = told().slice(-1);
  expect(rolledBack).toMatchObject({ process: "console", database: "primary" });
  const opened = eventsOf(sandbox, "transaction.opened").map(({ transaction }) => transaction);
  expect(opened).toContain(rolledBack?.transaction);
  expect(eventsOf(sandbox, "transaction.committed").length).toBeGreaterThan(0);
});

test("requests and processes are told", async () => {
  await sandbox.fetch(new Request("http://localhost:3000/"));
  await until(() => eventsOf(sandbox, "request.finished").length > 0, "the request is told");
  expect(eventsOf(sandbox, "request.started").at(-1)).toMatchObject({ method: "GET", path: "/" });
  expect(eventsOf(sandbox, "request.finished").at(-1)).toMatchObject({ status: 200 });
  const kinds = eventsOf(sandbox, "process.registered").map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(["Dispatcher", "Supervisor", "Worker"]);
  const { pid } = await sandbox.processes.start({ kind: "jobs" });
  sandbox.processes.signal(pid, "KILL");
  expect(eventsOf(sandbox, "process.signaled").at(-1)).toMatchObject({ pid, signal: "KILL" });
  expect(eventsOf(sandbox, "process.exited").at(-1)).toMatchObject({
    pid,
    exit: { signal: "KILL" },
  });
});
