import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";
import { eventsOf, present } from "./support/stream.ts";

const FILES = {
  "app/jobs/fate_job.rb": `
    class FateJob < ApplicationJob
      %i[ Retry Discard GiveUp Last Worse Rescue ].each { |name| const_set(name, Class.new(StandardError)) }
      retry_on(Retry, wait: 1.hour)
      retry_on(GiveUp, attempts: 1) { }
      retry_on(Last, attempts: 1)
      discard_on(Discard)
      rescue_from(Rescue) { true }
      rescue_from(Worse) { raise "the handler failed" }
      before_perform { throw :abort if arguments.first == :abort }

      def perform(fate)
        case fate
        when :retry then raise Retry, "once more"
        when :give_up then raise GiveUp
        when :last then raise Last
        when :discard then raise Discard
        when :rescue then raise Rescue
        when :worse then raise Worse
        when :fail then raise "failed"
        end
      end
    end`,
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
  await until(() => eventsOf(sandbox, "job.finished").length > 0, "the job has finished");
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
  const told = { mailId: mail?.id, subject: mail?.subject, activeJobId: mail?.activeJobId };
  expect(eventsOf(sandbox, "mail.delivered")).toMatchObject([told]);
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

test("a job that waits for the commit is enqueued after it, and never after a rollback", async () => {
  const before = eventsOf(sandbox, "job.enqueued").length;
  await ruby(
    sandbox,
    `FateJob.enqueue_after_transaction_commit = true
    Photo.transaction { FateJob.perform_later(:fine); raise ActiveRecord::Rollback }
    Photo.transaction { FateJob.perform_later(:fine); Photo.first.update!(title: "Late") }; nil`,
  );
  await untilDrained(sandbox);
  const [enqueued, ...others] = eventsOf(sandbox, "job.enqueued").slice(before);
  expect(others).toEqual([]);
  expect(enqueued?.job.jobId).toBeGreaterThan(0);
  expect(enqueued).toMatchObject({ rowInTransaction: false, origin: { transaction: null } });
  const committed = eventsOf(sandbox, "transaction.committed").findLast(
    ({ process }) => process === "console",
  );
  expect(enqueued?.seq).toBeGreaterThan(committed?.seq ?? Infinity);
  await ruby(sandbox, "FateJob.enqueue_after_transaction_commit = false; nil");
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

describe("what became of an attempt", () => {
  /** The events of the newest job of that class, without those of its way through the queue. */
  async function told(className: string, argument = ""): Promise<string[]> {
    await ruby(sandbox, `${className}.perform_later(${argument}); nil`);
    await untilDrained(sandbox);
    const { activeJobId } = present(
      eventsOf(sandbox, "job.started").findLast(({ job }) => job.className === className),
    ).job;
    return sandbox.events
      .history()
      .filter((event) => "job" in event && event.job.activeJobId === activeJobId)
      .filter(({ type }) => type !== "job.enqueued" && type !== "job.scheduled")
      .map(({ type }) => type);
  }

  test("performed: nothing else", async () => {
    expect(await told("FateJob", ":fine")).toEqual(["job.started", "job.performed"]);
  });

  test("retried: it raised first, and was not performed", async () => {
    expect(await told("FateJob", ":retry")).toEqual(["job.started", "job.raised", "job.retried"]);
    const raised = present(eventsOf(sandbox, "job.raised").at(-1));
    expect(raised.error).toEqual({ className: "FateJob::Retry", message: "once more" });
    const retried = present(eventsOf(sandbox, "job.retried").at(-1));
    expect(retried.at - retried.time).toBeGreaterThan(2_000);
  });

  test("discarded: it raised first", async () => {
    const story = ["job.started", "job.raised", "job.discarded"];
    expect(await told("FateJob", ":discard")).toEqual(story);
    expect(await told("FateJob", ":give_up")).toEqual(story);
  });

  test("raised: once, also when its attempts are used up or a handler raises", async () => {
    expect(await told("FateJob", ":fail")).toEqual(["job.started", "job.raised"]);
    expect(await told("FateJob", ":last")).toEqual(["job.started", "job.raised"]);
    expect(await told("FateJob", ":worse")).toEqual(["job.started", "job.raised", "job.raised"]);
    expect(eventsOf(sandbox, "job.raised").at(-1)?.error.message).toBe("the handler failed");
  });

  test("raised and rescued by rescue_from", async () => {
    expect(await told("FateJob", ":rescue")).toEqual(["job.started", "job.raised"]);
  });

  test("aborted by a before_perform", async () => {
    expect(await told("FateJob", ":abort")).toEqual(["job.started", "job.aborted"]);
  });

  test("raised: a record that is gone", async () => {
    await ruby(sandbox, '$gone = Photo.create!(title: "Gone", sample: true); nil');
    await ruby(sandbox, "job = MailJob.new($gone); $gone.destroy!; job.enqueue; nil");
    await untilDrained(sandbox);
    const raised = present(eventsOf(sandbox, "job.raised").at(-1));
    expect(raised.error.className).toBe("ActiveJob::DeserializationError");
  });
});
