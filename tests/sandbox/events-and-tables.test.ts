/** The events and the queue's tables tell the same story, whatever becomes of a job. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobRow, Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until } from "./support/sandbox.ts";
import { alive, eventsOf, linesOf } from "./support/stream.ts";

const FILES = {
  "app/jobs/story_job.rb": `
    class StoryJob < ApplicationJob
      class Passing < StandardError; end
      class Hopeless < StandardError; end
      retry_on Passing, wait: 5, attempts: 3, jitter: 0
      discard_on Hopeless
      limits_concurrency key: ->(deed) { deed }

      def perform(deed)
        case deed
        when "fails" then raise "no"
        when "fails for a while" then raise Passing if executions < 2
        when "fails for ever" then raise Passing
        when "is hopeless" then raise Hopeless
        when "hangs" then (puts "hanging"; sleep)
        end
      end
    end`,
};
const DEEDS = ["is fine", "fails", "fails for a while", "fails for ever", "is hopeless"];

let sandbox: Sandbox;
let rows: JobRow[];
beforeAll(async () => {
  sandbox = await bootTestSandbox({
    files: FILES,
    processes: [{ kind: "web" }, { kind: "jobs" }, { kind: "jobs" }],
  });
  const enqueue = DEEDS.flatMap((deed) => [
    `2.times { StoryJob.perform_later("${deed}") }`,
    `StoryJob.set(wait: 60).perform_later("${deed}")`,
  ]);
  await ruby(sandbox, `${enqueue.join("\n")}\nStoryJob.set(wait: 1.day).perform_later("later")`);
  await sandbox.clock.advance(120_000);
  await until(async () => {
    const { ready, claimed, blocked, scheduled } = await sandbox.queue.counts();
    return ready + claimed + blocked === 0 && scheduled === 1;
  }, "all but one have come to an end");
  await ruby(sandbox, 'StoryJob.perform_later("hangs")');
  await until(() => linesOf(sandbox, "hanging").length > 0, "one hangs");
  for (const { pid } of alive(sandbox, "jobs")) sandbox.processes.signal(pid, "KILL");
  rows = await sandbox.queue.jobs({ limit: 1000 });
});
afterAll(() => sandbox.dispose());

const sorted = (ids: Iterable<number>) => [...ids].sort((a, b) => a - b);
const idsOf = (...states: JobRow["state"][]) =>
  sorted(rows.filter(({ state }) => states.includes(state)).map(({ id }) => id));

test("every row was enqueued or scheduled once", () => {
  const told = [...eventsOf(sandbox, "job.enqueued"), ...eventsOf(sandbox, "job.scheduled")];
  expect(sorted(told.map(({ job }) => job.jobId ?? 0))).toEqual(sorted(rows.map(({ id }) => id)));
});

test("each finished row, and no other, was told as finished, once", () => {
  const told = eventsOf(sandbox, "job.finished").map(({ jobId }) => jobId);
  expect(sorted(told)).toEqual(idsOf("finished"));
});

test("each failed row, and no other, was told as failed, with its error", () => {
  const told = eventsOf(sandbox, "job.failed");
  expect(sorted(told.flatMap(({ jobIds }) => jobIds))).toEqual(idsOf("failed"));
  for (const { jobIds, error } of told) {
    const row = rows.find(({ id }) => id === jobIds[0]);
    expect(row?.error).toMatchObject({ className: error.className, message: error.message });
  }
});

test("what was claimed has ended, but for the job that hung", () => {
  const claimed = eventsOf(sandbox, "job.claimed").map(({ jobId }) => jobId);
  expect(sorted(claimed)).toEqual(idsOf("finished", "failed", "claimed"));
  expect(idsOf("claimed")).toHaveLength(1);
  const started = eventsOf(sandbox, "job.started").map(({ job }) => job.jobId ?? 0);
  expect(sorted(started)).toEqual(sorted(claimed));
});

test("what was blocked was unblocked, and what was scheduled dispatched, but for what is later", () => {
  const blocked = eventsOf(sandbox, "job.blocked").map(({ jobId }) => jobId);
  const unblocked = eventsOf(sandbox, "job.unblocked").map(({ jobId }) => jobId);
  expect(sorted(unblocked)).toEqual(sorted(blocked));
  const scheduled = eventsOf(sandbox, "job.scheduled").map(({ job }) => job.jobId ?? 0);
  const dispatched = eventsOf(sandbox, "job.dispatched").flatMap(({ jobIds }) => jobIds);
  expect(sorted([...dispatched, ...idsOf("scheduled")])).toEqual(sorted(scheduled));
});

test("retries and discards are as many as the rows say", () => {
  const retried = eventsOf(sandbox, "job.retried").map(({ job }) => job.activeJobId);
  const attempts = Map.groupBy(rows, ({ activeJobId }) => activeJobId);
  const again = [...attempts.values()].flatMap((all) => all.slice(1).map((row) => row.activeJobId));
  expect(retried.sort()).toEqual(again.sort());
  expect(eventsOf(sandbox, "job.discarded")).toHaveLength(3);
});
