import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProcessInfo, Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";
import { alive, eventsOf, linesOf, present, rowsOf } from "./support/stream.ts";

const MINUTE = 60_000;

/** Jobs that wait until the test opens their gate: no time is part of these tests. */
const FILES = {
  "app/jobs/application_job.rb": `
    class ApplicationJob < ActiveJob::Base
      # A job sees the answer to its first query again: Rails caches while a job runs.
      def opened?(gate) = Photo.uncached { Photo.exists?(title: "open #{gate}") }
    end`,
  "app/jobs/gated_job.rb": `
    class GatedJob < ApplicationJob
      def perform(gate)
        puts "entered #{gate}"
        sleep 0.02 until opened?(gate)
        puts "left #{gate}"
      end
    end`,
  "app/jobs/limited_job.rb": `
    class LimitedJob < GatedJob
      limits_concurrency to: 1, key: ->(gate) { gate[0] }, duration: 3.minutes
      def perform(gate)
        super
        raise "broken" if gate.end_with?("!")
      end
    end`,
  "app/jobs/connected_job.rb": `
    class ConnectedJob < ApplicationJob
      def perform(gate = "connections")
        puts "#{gate} #{ApplicationRecord.connection_pool.lease_connection.object_id}"
        sleep 0.02 until opened?(gate)
      end
    end`,
  "app/jobs/failing_job.rb": `
    class FailingJob < ApplicationJob
      def perform = (raise "broken" unless Photo.exists?(title: "repaired"))
    end`,
  "app/jobs/quiet_job.rb": "class QuietJob < ApplicationJob; def perform = nil; end",
};

const WORKERS = `
development:
  workers:
    - { queues: "*", threads: 3, processes: 2 }
`;

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [] });
});

afterAll(() => sandbox.dispose());

async function open(gate: string): Promise<void> {
  await ruby(sandbox, `Photo.insert!({ title: "open ${gate}", image: "x", content_type: "x" })`);
}

function entered(gate: string): Promise<void> {
  return until(
    () => linesOf(sandbox, "entered").some((line) => line.text === `entered ${gate}`),
    `${gate} has begun`,
  );
}

async function withWorker(
  options: { threads?: number; queues?: string[] },
  work: (worker: ProcessInfo) => Promise<void>,
): Promise<void> {
  const worker = await sandbox.processes.start({ kind: "jobs", ...options });
  try {
    await work(worker);
  } finally {
    if (alive(sandbox, "jobs").some(({ pid }) => pid === worker.pid)) {
      sandbox.processes.signal(worker.pid, "TERM");
      await sandbox.processes.wait(worker.pid);
    }
  }
}

async function states(className: string): Promise<string[]> {
  return (await rowsOf(sandbox, className)).map((row) => row.state);
}

test("of two jobs with one concurrency key the second is blocked until the first has finished", async () => {
  await ruby(sandbox, 'LimitedJob.perform_later("a1"); LimitedJob.perform_later("a2")');
  expect(await states("LimitedJob")).toEqual(["ready", "blocked"]);
  const [, second] = await rowsOf(sandbox, "LimitedJob");
  expect(second?.concurrencyKey).toBe("LimitedJob/a");
  expect(eventsOf(sandbox, "job.blocked").at(-1)).toMatchObject({
    jobId: second?.id,
    concurrencyKey: "LimitedJob/a",
  });
  await withWorker({}, async () => {
    await entered("a1");
    expect(await states("LimitedJob")).toEqual(["claimed", "blocked"]);
    await open("a1");
    await entered("a2");
    await open("a2");
    await untilDrained(sandbox);
  });
  expect(await states("LimitedJob")).toEqual(["finished", "finished"]);
  expect(eventsOf(sandbox, "job.unblocked").at(-1)).toMatchObject({ jobId: second?.id });
});

test("a holder that raises lets the next one go, and other keys are not held up", async () => {
  await ruby(sandbox, "%w[ b1! b2 c1 ].each { |gate| LimitedJob.perform_later(gate) }");
  expect((await states("LimitedJob")).slice(-3)).toEqual(["ready", "blocked", "ready"]);
  await withWorker({}, async () => {
    await entered("b1!");
    await entered("c1");
    await open("c1");
    await open("b1!");
    await entered("b2");
    await open("b2");
    await untilDrained(sandbox);
  });
  expect((await states("LimitedJob")).slice(-3)).toEqual(["failed", "finished", "finished"]);
});

test("a killed holder blocks the next one until its semaphore has expired and maintenance ran", async () => {
  await ruby(sandbox, 'LimitedJob.perform_later("k1"); LimitedJob.perform_later("k2")');
  const [holder, next] = (await rowsOf(sandbox, "LimitedJob")).slice(-2);
  await withWorker({}, async (worker) => {
    await entered("k1");
    sandbox.processes.signal(worker.pid, "KILL");
    await sandbox.processes.wait(worker.pid);
  });
  expect(await states("LimitedJob").then((all) => all.slice(-2))).toEqual(["claimed", "blocked"]);
  await open("k2");
  await withWorker({}, async () => {
    // The dead process is found by its missing heartbeats after 5 minutes; maintenance is every 10.
    await sandbox.clock.advance(2 * MINUTE);
    expect(await states("LimitedJob").then((all) => all.slice(-1))).toEqual(["blocked"]);
    await sandbox.clock.advance(20 * MINUTE);
    await untilDrained(sandbox);
  });
  const [killed, released] = (await rowsOf(sandbox, "LimitedJob")).slice(-2);
  expect(killed).toMatchObject({ id: holder?.id, state: "failed" });
  expect(killed?.error?.className).toBe("SolidQueue::Processes::ProcessPrunedError");
  expect(killed?.error?.backtrace ?? null).toBeNull();
  expect(released).toMatchObject({ id: next?.id, state: "finished" });
  expect(eventsOf(sandbox, "process.pruned").map((event) => event.kind)).toContain("Worker");
});

test("three threads run three waiting jobs side by side, each on a connection of its own", async () => {
  await ruby(sandbox, "4.times { ConnectedJob.perform_later }");
  await withWorker({ threads: 3 }, async () => {
    await until(() => linesOf(sandbox, "connections").length === 3, "three jobs have begun");
    expect(await states("ConnectedJob")).toEqual(["claimed", "claimed", "claimed", "ready"]);
    const connections = linesOf(sandbox, "connections").map((line) => line.text);
    expect(new Set(connections).size).toBe(3);
    await open("connections");
    await untilDrained(sandbox);
  });
  expect(await states("ConnectedJob")).toEqual(Array(4).fill("finished"));
});

test("each worker of config/queue.yml has the connections that database.yml allows a process", async () => {
  sandbox.files.write("config/queue.yml", WORKERS);
  await ruby(sandbox, '6.times { ConnectedJob.perform_later("leased") }');
  await withWorker({}, async () => {
    // One pool of 5 for both would let the sixth wait in vain.
    await until(() => linesOf(sandbox, "leased").length === 6, "six jobs have begun");
    await open("leased");
    await untilDrained(sandbox);
  });
  expect((await states("ConnectedJob")).slice(-6)).toEqual(Array(6).fill("finished"));
  sandbox.files.delete("config/queue.yml");
});

test("one thread runs one job at a time", async () => {
  await ruby(sandbox, 'GatedJob.perform_later("one"); GatedJob.perform_later("two")');
  await withWorker({ threads: 1 }, async () => {
    await entered("one");
    expect(await states("GatedJob")).toEqual(["claimed", "ready"]);
    await open("one");
    await entered("two");
    await open("two");
    await untilDrained(sandbox);
  });
  expect(
    linesOf(sandbox, "left")
      .slice(-2)
      .map((line) => line.text),
  ).toEqual(["left one", "left two"]);
});

test("a worker needs a whole number of threads", async () => {
  for (const threads of [0, 1.5, -1]) {
    await expect(sandbox.processes.start({ kind: "jobs", threads })).rejects.toThrow(
      "threads must be a whole number above 0.",
    );
  }
});

test("a paused queue keeps its jobs until it is resumed", async () => {
  await sandbox.queue.pause("default");
  expect(await sandbox.queue.queues()).toContainEqual(
    expect.objectContaining({ name: "default", paused: true }),
  );
  await ruby(sandbox, 'QuietJob.perform_later; QuietJob.set(queue: "other").perform_later');
  await withWorker({}, async () => {
    await until(
      async () => (await states("QuietJob"))[1] === "finished",
      "the other queue is empty",
    );
    expect(await states("QuietJob")).toEqual(["ready", "finished"]);
    const [queue] = (await sandbox.queue.queues()).filter(({ name }) => name === "default");
    expect(queue).toMatchObject({ size: 1, paused: true });
    await sandbox.queue.resume("default");
    await untilDrained(sandbox);
  });
  expect(await states("QuietJob")).toEqual(["finished", "finished"]);
});

test("a failed job is retried in the same row, or discarded", async () => {
  await ruby(sandbox, "2.times { FailingJob.perform_later }");
  await withWorker({}, async () => {
    await untilDrained(sandbox);
    expect(await states("FailingJob")).toEqual(["failed", "failed"]);
    const [first, second] = await rowsOf(sandbox, "FailingJob");
    expect(first?.error).toMatchObject({ className: "RuntimeError", message: "broken" });
    expect(first?.error?.backtrace?.[0]).toContain("app/jobs/failing_job.rb:3");
    await ruby(sandbox, 'Photo.insert!({ title: "repaired", image: "x", content_type: "x" })');
    await sandbox.queue.retry(present(first).id);
    await sandbox.queue.discard(present(second).id);
    await untilDrained(sandbox);
    expect(await rowsOf(sandbox, "FailingJob")).toMatchObject([
      { id: first?.id, activeJobId: first?.activeJobId, state: "finished", error: null },
    ]);
  });
});

test("a scheduled and a blocked job can be run now", async () => {
  await ruby(sandbox, "QuietJob.set(wait: 1.day).perform_later");
  const scheduled = present((await rowsOf(sandbox, "QuietJob")).at(-1));
  expect(scheduled.state).toBe("scheduled");
  await sandbox.queue.runNow(scheduled.id);
  expect((await rowsOf(sandbox, "QuietJob")).at(-1)?.state).toBe("ready");

  await ruby(sandbox, 'LimitedJob.perform_later("n1"); LimitedJob.perform_later("n2")');
  const blocked = present((await rowsOf(sandbox, "LimitedJob")).at(-1));
  expect(blocked.state).toBe("blocked");
  await sandbox.queue.runNow(blocked.id);
  expect((await rowsOf(sandbox, "LimitedJob")).at(-1)?.state).toBe("ready");
  await open("n1");
  await open("n2");
  await withWorker({}, async () => void (await untilDrained(sandbox)));
});

test("a job that is not there is refused with a sentence", async () => {
  for (const act of ["retry", "discard", "runNow"] as const) {
    await expect(sandbox.queue[act](999_999)).rejects.toThrow(/999999/);
  }
});

test.each(["", "  "])("a queue without a name (%j) is refused with a sentence", async (name) => {
  const sentence = "A queue has a name";
  await expect(sandbox.queue.pause(name)).rejects.toThrow(sentence);
  await expect(sandbox.queue.resume(name)).rejects.toThrow(sentence);
});
