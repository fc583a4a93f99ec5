import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Sandbox, StartOptions } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, untilDrained } from "./support/sandbox.ts";
import { linesOf } from "./support/stream.ts";

const FILES = {
  "app/jobs/named_job.rb": `
    class NamedJob < ApplicationJob
      def perform(name) = puts("ran #{name}")
    end`,
  "app/jobs/urgent_job.rb": `
    class UrgentJob < NamedJob
      queue_with_priority(-10)
    end`,
};

const CONFIGURED = `
development:
  dispatchers:
    - polling_interval: 1
  workers:
    - queues: [ first, second ]
      threads: 1
      polling_interval: 0.05
    - queues: lonely
      threads: 2
      polling_interval: 0.05
`;

let sandbox: Sandbox;
let seen = 0;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [] });
});

beforeEach(() => {
  seen = linesOf(sandbox, "ran ").length;
});

afterAll(() => sandbox.dispose());

const ran = () =>
  linesOf(sandbox, "ran ")
    .slice(seen)
    .map((line) => line.text.slice("ran ".length));

async function runAll(options: Partial<StartOptions>): Promise<void> {
  const worker = await sandbox.processes.start({ kind: "jobs", ...options });
  await untilDrained(sandbox);
  sandbox.processes.signal(worker.pid, "TERM");
  await sandbox.processes.wait(worker.pid);
}

const SHUFFLED = `
  { "p5" => 5, "m5" => -5, "p0" => 0, "p9" => 9, "m1" => -1 }.each do |name, priority|
    NamedJob.set(priority:).perform_later(name)
  end`;

test("the smaller number goes first, with one thread", async () => {
  await ruby(sandbox, SHUFFLED);
  await runAll({ threads: 1 });
  expect(ran()).toEqual(["m5", "m1", "p0", "p5", "p9"]);
});

test("the smaller number goes first, with three threads", async () => {
  await ruby(sandbox, SHUFFLED);
  await runAll({ threads: 3 });
  expect(ran()).toEqual(["m5", "m1", "p0", "p5", "p9"]);
});

test("a class's own priority counts, and equals go in the order in which they came", async () => {
  await ruby(
    sandbox,
    '%w[ a b c ].each { NamedJob.perform_later(_1) }; UrgentJob.perform_later("d")',
  );
  await runAll({ threads: 1 });
  expect(ran()).toEqual(["d", "a", "b", "c"]);
});

test("the order of the queues beats priority", async () => {
  await ruby(
    sandbox,
    `NamedJob.set(queue: "default", priority: -50).perform_later("default")
     NamedJob.set(queue: "urgent", priority: 50).perform_later("urgent")`,
  );
  await runAll({ queues: ["urgent", "default"], threads: 1 });
  expect(ran()).toEqual(["urgent", "default"]);
});

test("a worker leaves alone what is not in its queues, and takes queues by their beginning", async () => {
  await ruby(
    sandbox,
    "%w[ mail_daily other mail_hourly ].each { NamedJob.set(queue: _1).perform_later(_1) }",
  );
  const worker = await sandbox.processes.start({ kind: "jobs", queues: ["mail*"], threads: 1 });
  const registered = (await sandbox.queue.processes()).find(({ kind }) => kind === "Worker");
  expect(registered?.metadata).toMatchObject({ queues: "mail*", thread_pool_size: 1 });
  await sandbox.clock.advance(60_000);
  expect(ran().sort()).toEqual(["mail_daily", "mail_hourly"]);
  expect((await sandbox.queue.jobs({ states: ["ready"] })).map((row) => row.queueName)).toEqual([
    "other",
  ]);
  sandbox.processes.signal(worker.pid, "TERM");
  await sandbox.processes.wait(worker.pid);
  await runAll({});
  expect(ran()).toContain("other");
});

test("config/queue.yml says which workers run, as it is when the process starts", async () => {
  sandbox.files.write("config/queue.yml", CONFIGURED);
  const worker = await sandbox.processes.start({ kind: "jobs" });
  const registered = await sandbox.queue.processes();
  expect(registered.map(({ kind }) => kind)).toEqual([
    "Supervisor",
    "Dispatcher",
    "Worker",
    "Worker",
  ]);
  expect(
    registered.slice(2).map(({ metadata }) => [metadata["queues"], metadata["thread_pool_size"]]),
  ).toEqual([
    ["first,second", 1],
    ["lonely", 2],
  ]);
  await ruby(
    sandbox,
    "%w[ second first lonely default ].each { NamedJob.set(queue: _1).perform_later(_1) }",
  );
  await sandbox.clock.advance(60_000);
  expect(ran().sort()).toEqual(["first", "lonely", "second"]);
  expect((await sandbox.queue.jobs({ states: ["ready"] })).map((row) => row.queueName)).toEqual([
    "default",
  ]);
  sandbox.processes.signal(worker.pid, "TERM");
  await sandbox.processes.wait(worker.pid);
  expect(await sandbox.queue.processes()).toEqual([]);
});
