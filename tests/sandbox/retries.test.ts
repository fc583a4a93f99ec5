import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";
import { eventsOf, linesOf, present, rowsOf } from "./support/stream.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const FILES = {
  "app/jobs/impatient_job.rb": `
    class ImpatientJob < ApplicationJob
      class Busy < StandardError; end
      retry_on Busy, wait: :polynomially_longer, attempts: 4
      def perform = raise(Busy, "the line is busy")
    end`,
  "app/jobs/stubborn_job.rb": `
    class StubbornJob < ApplicationJob
      retry_on RuntimeError
      def perform = raise("no")
    end`,
  "app/jobs/second_time_job.rb": `
    class SecondTimeJob < ApplicationJob
      retry_on RuntimeError
      def perform = (raise "not yet" if executions < 2)
    end`,
  "app/jobs/resigned_job.rb": `
    class ResignedJob < ApplicationJob
      retry_on RuntimeError, wait: 1, attempts: 2 do |job, error|
        puts "resigned after #{job.executions}: #{error.message}"
      end
      def perform = raise("no")
    end`,
  "app/jobs/pointless_job.rb": `
    class PointlessJob < ApplicationJob
      discard_on(KeyError) { |_, error| puts "discarded: #{error.message}" }
      def perform = raise(KeyError, "no such key")
    end`,
  "app/jobs/discard_last_job.rb": `
    class DiscardLastJob < ApplicationJob
      retry_on StandardError, wait: 1, attempts: 2
      discard_on ArgumentError
      def perform = raise(ArgumentError)
    end`,
  "app/jobs/discard_first_job.rb": `
    class DiscardFirstJob < ApplicationJob
      discard_on ArgumentError
      retry_on StandardError, wait: 1, attempts: 2
      def perform = raise(ArgumentError)
    end`,
  "app/jobs/note_job.rb": `
    class NoteJob < ApplicationJob
      def perform(text) = puts("note #{text}")
    end`,
  "app/jobs/sleepy_job.rb": `
    class SleepyJob < ApplicationJob
      def perform
        puts "asleep"
        sleep 30
      end
    end`,
};

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "jobs" }] });
});

afterAll(() => sandbox.dispose());

const notes = () => linesOf(sandbox, "note ").map((line) => line.text.slice("note ".length));

async function states(className: string): Promise<string[]> {
  return (await rowsOf(sandbox, className)).map((row) => row.state);
}

/** The job was tried again after so many seconds each, and up to 15 % more. */
async function expectWaits(className: string, waits: number[]): Promise<void> {
  const rows = await rowsOf(sandbox, className);
  const ofClass = ({ job }: { job: { className: string } }) => job.className === className;
  const started = eventsOf(sandbox, "job.started").filter(ofClass);
  const retried = eventsOf(sandbox, "job.retried").filter(ofClass);
  expect(retried).toHaveLength(waits.length);
  for (const [index, seconds] of waits.entries()) {
    const before = present(started[index]).time;
    const after = present(retried[index]).time;
    const due = present(rows[index + 1]?.scheduledAt, "scheduled_at");
    // Rows are read to the millisecond.
    expect(due).toBeGreaterThanOrEqual(before + seconds * SECOND - 1);
    expect(due).toBeLessThanOrEqual(after + seconds * SECOND * 1.15);
    const said = present(retried[index]).at;
    expect(said).toBeGreaterThanOrEqual(before + seconds * SECOND - 1);
    expect(said).toBeLessThanOrEqual(after + seconds * SECOND * 1.15);
    expect(present(started[index + 1]).time).toBeGreaterThanOrEqual(due);
  }
}

test("polynomially_longer waits 3, 18 and 83 seconds and up to 15 % more, then the job fails", async () => {
  await ruby(sandbox, "ImpatientJob.perform_later");
  await sandbox.clock.advance(5 * MINUTE);
  const rows = await rowsOf(sandbox, "ImpatientJob");
  expect(rows.map((row) => row.state)).toEqual(["finished", "finished", "finished", "failed"]);
  expect(rows.map((row) => row.executions)).toEqual([0, 1, 2, 3]);
  expect(new Set(rows.map((row) => row.activeJobId)).size).toBe(1);
  expect(rows[3]?.error).toMatchObject({
    className: "ImpatientJob::Busy",
    message: "the line is busy",
  });

  const started = eventsOf(sandbox, "job.started").filter(
    ({ job }) => job.className === "ImpatientJob",
  );
  const retried = eventsOf(sandbox, "job.retried").filter(
    ({ job }) => job.className === "ImpatientJob",
  );
  expect(started.map((event) => event.job.jobId)).toEqual(rows.map((row) => row.id));
  expect(started.map((event) => event.execution)).toEqual([1, 2, 3, 4]);
  expect(retried.map((event) => event.error?.className)).toEqual(
    Array(3).fill("ImpatientJob::Busy"),
  );
  await expectWaits("ImpatientJob", [3, 18, 83]);
  const failed = eventsOf(sandbox, "job.failed").filter((event) =>
    event.jobIds.includes(present(rows[3]).id),
  );
  expect(failed.map((event) => event.error.className)).toEqual(["ImpatientJob::Busy"]);
});

test("retry_on alone makes 5 attempts, 3 seconds and up to 15 % more apart", async () => {
  await ruby(sandbox, "StubbornJob.perform_later");
  await sandbox.clock.advance(MINUTE);
  expect(await states("StubbornJob")).toEqual([...Array(4).fill("finished"), "failed"]);
  await expectWaits("StubbornJob", [3, 3, 3, 3]);
});

test("a job that succeeds at the second attempt leaves two finished rows and no failure", async () => {
  await ruby(sandbox, "SecondTimeJob.perform_later");
  await sandbox.clock.advance(10 * SECOND);
  expect(await states("SecondTimeJob")).toEqual(["finished", "finished"]);
  const ends = sandbox.events
    .history()
    .filter((event) => event.type === "job.raised" || event.type === "job.performed")
    .filter((event) => event.job.className === "SecondTimeJob");
  // What retry_on has caught is not an error of the perform.
  expect(ends.at(-1)?.type).toBe("job.performed");
});

test("a block at retry_on takes the last error: the job finishes", async () => {
  await ruby(sandbox, "ResignedJob.perform_later");
  await sandbox.clock.advance(5 * SECOND);
  expect(await states("ResignedJob")).toEqual(["finished", "finished"]);
  expect(linesOf(sandbox, "resigned").map((line) => line.text)).toEqual(["resigned after 2: no"]);
});

test("discard_on finishes the job and says that it was discarded", async () => {
  await ruby(sandbox, "PointlessJob.perform_later");
  await untilDrained(sandbox);
  expect(await states("PointlessJob")).toEqual(["finished"]);
  const discarded = eventsOf(sandbox, "job.discarded").filter(
    ({ job }) => job.className === "PointlessJob",
  );
  expect(discarded.map((event) => event.error)).toEqual([
    { className: "KeyError", message: "no such key" },
  ]);
  expect(linesOf(sandbox, "discarded:").map((line) => line.text)).toEqual([
    "discarded: no such key",
  ]);
});

test("of two handlers the one that is written last is asked first", async () => {
  await ruby(sandbox, "DiscardLastJob.perform_later; DiscardFirstJob.perform_later");
  await sandbox.clock.advance(5 * SECOND);
  expect(await states("DiscardLastJob")).toEqual(["finished"]);
  expect(await states("DiscardFirstJob")).toEqual(["finished", "failed"]);
});

test("set(wait: 1.hour) runs once the hour is over, not before", async () => {
  const id = JSON.parse(
    await ruby(sandbox, 'NoteJob.set(wait: 1.hour).perform_later("in an hour").job_id'),
  );
  const [row] = await sandbox.queue.jobs({ activeJobId: id });
  const due = present(row?.scheduledAt, "scheduled_at");
  expect(eventsOf(sandbox, "job.scheduled").at(-1)).toMatchObject({
    job: { activeJobId: id, jobId: row?.id },
  });
  await sandbox.clock.advance(HOUR - 5 * MINUTE);
  expect((await sandbox.queue.jobs({ activeJobId: id }))[0]?.state).toBe("scheduled");
  await sandbox.clock.advance(6 * MINUTE);
  expect((await sandbox.queue.jobs({ activeJobId: id }))[0]?.state).toBe("finished");
  expect(notes()).toContain("in an hour");
  const started = present(
    eventsOf(sandbox, "job.started").find(({ job }) => job.jobId === row?.id),
  );
  expect(started.time).toBeGreaterThanOrEqual(due);
  // The jump stopped there, and did not go on to the end of the six minutes.
  expect(started.time).toBeLessThan(due + MINUTE / 2);
});

test("a moment in the past is ready at once", async () => {
  await ruby(sandbox, 'NoteJob.set(wait_until: 1.minute.ago).perform_later("late")');
  await untilDrained(sandbox);
  expect(notes()).toContain("late");
});

test("what falls due in one advance happens in its order, whatever the order of enqueueing", async () => {
  await ruby(
    sandbox,
    `{ "fourth" => 4.hours, "first" => 10.minutes, "third" => 31.minutes, "second" => 30.minutes }.each do |text, wait|
       NoteJob.set(wait: wait).perform_later("order #{text}")
     end`,
  );
  await sandbox.clock.advance(5 * HOUR);
  expect(notes().filter((note) => note.startsWith("order "))).toEqual([
    "order first",
    "order second",
    "order third",
    "order fourth",
  ]);
});

test("advancing the clock skips a sleep inside a job", async () => {
  await ruby(sandbox, "SleepyJob.perform_later");
  await until(() => linesOf(sandbox, "asleep").length > 0, "the job sleeps");
  expect(await states("SleepyJob")).toEqual(["claimed"]);
  await sandbox.clock.advance(31 * SECOND);
  expect(await states("SleepyJob")).toEqual(["finished"]);
  const performed = present(
    eventsOf(sandbox, "job.performed").find(({ job }) => job.className === "SleepyJob"),
  );
  expect(performed.duration).toBeGreaterThanOrEqual(30 * SECOND);
});

test("the clock only moves forward, and the console sees the same time", async () => {
  await expect(sandbox.clock.advance(-1)).rejects.toThrow("The clock only moves forward.");
  const before = sandbox.clock.now();
  const seen = Number(await ruby(sandbox, "Time.current.to_f * 1000"));
  expect(seen).toBeGreaterThanOrEqual(before - 1);
  expect(seen).toBeLessThanOrEqual(sandbox.clock.now() + 1);
  expect(sandbox.clock.offset()).toBeGreaterThan(6 * HOUR);
});

test("an advance by a part of a millisecond arrives", async () => {
  const before = sandbox.clock.offset();
  for (const ms of [0.1, 1 / 3, 1234.5678901, Math.PI]) await sandbox.clock.advance(ms);
  expect(sandbox.clock.offset() - before).toBeCloseTo(0.1 + 1 / 3 + 1234.5678901 + Math.PI, 3);
});

test("an advance can be given up, and the next one works", async () => {
  const abort = new AbortController();
  const given = sandbox.clock.advance(1000 * HOUR, abort.signal);
  abort.abort(new Error("enough"));
  await expect(given).rejects.toThrow("enough");
  await ruby(sandbox, 'NoteJob.set(wait: 1.minute).perform_later("after giving up")');
  await sandbox.clock.advance(2 * MINUTE);
  expect(notes()).toContain("after giving up");
});

test("an advance that is given up on its way tells how far it came", async () => {
  const told = () => eventsOf(sandbox, "clock.advanced").reduce((sum, { by }) => sum + by, 0);
  const [before, toldBefore] = [sandbox.clock.offset(), told()];
  const moved = () => sandbox.clock.offset() - before;
  const abort = new AbortController();
  const given = sandbox.clock.advance(10_000 * HOUR, abort.signal);
  await until(() => moved() > HOUR, "an hour is over");
  abort.abort(new Error("enough"));
  await expect(given).rejects.toThrow("enough");
  expect(moved()).toBeLessThan(10_000 * HOUR);
  expect(told() - toldBefore).toBeCloseTo(moved(), 0);
});
