/** Jobs that do to their process what no job should: what of it goes on, and what is left of them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProcessInfo, Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until } from "./support/sandbox.ts";
import { alive, eventsOf, linesOf, rowsOf } from "./support/stream.ts";

const FILES = {
  "app/jobs/fine_job.rb": "class FineJob < ApplicationJob\n  def perform(_) = sleep(0.01)\nend\n",
  "app/jobs/thread_exit_job.rb": `
    class ThreadExitJob < ApplicationJob
      limits_concurrency key: "one", duration: 1.hour
      def perform
        Thread.exit
      ensure
        puts "thread exit ensures"
      end
    end`,
  "app/jobs/hostile_job.rb": `
    class HostileJob < ApplicationJob
      def perform(deed) = send(deed)

      private
        def close_output = $stdout.close
        def close_errors = $stderr.close
        def reopen_output = $stdout.reopen(File.open("away.log", "w"))
        def exit_thread = Thread.exit
        def raise_signal = raise(SignalException, "TERM")
        def toss = throw(:stop)
    end`,
};
const DEEDS = [
  "close_output",
  "close_errors",
  "reopen_output",
  "exit_thread",
  "raise_signal",
  "toss",
];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "web" }] });
});
afterAll(() => sandbox.dispose());

async function end(worker: ProcessInfo): Promise<void> {
  sandbox.processes.signal(worker.pid, "TERM");
  // The pool waits for threads that are gone, as long as SolidQueue.shutdown_timeout says.
  await sandbox.clock.advance(6_000);
  await sandbox.processes.wait(worker.pid);
}

/**
 * concurrent-ruby 1.3.5 on a native Ruby does the same: a pool's thread that is killed is neither missed nor
 * replaced, its task has no observers any more, and with all threads gone the tasks queue for ever.
 */
test("Thread.exit leaves its job claimed, and its worker has one thread less", async () => {
  const worker = await sandbox.processes.start({ kind: "jobs", threads: 2 });
  await ruby(sandbox, "ThreadExitJob.perform_later; 3.times { FineJob.perform_later(_1) }");
  const states = async (name: string) => (await rowsOf(sandbox, name)).map(({ state }) => state);
  await until(
    async () => (await states("FineJob")).every((state) => state === "finished"),
    "the other thread has done the rest",
  );
  expect(linesOf(sandbox, "thread exit ensures")).toHaveLength(1);
  expect(await states("ThreadExitJob")).toEqual(["claimed"]);
  expect((await sandbox.queue.processes()).map(({ kind }) => kind)).toContain("Worker");

  await ruby(sandbox, "HostileJob.perform_later('exit_thread')");
  await until(async () => (await states("HostileJob"))[0] === "claimed", "no thread is left");
  await ruby(sandbox, "FineJob.perform_later(4)");
  await until(async () => (await states("FineJob"))[3] === "claimed", "a job is claimed in vain");
  await end(worker);
  expect(await states("ThreadExitJob")).toEqual(["ready"]);
  expect(await states("HostileJob")).toEqual(["ready"]);
  expect((await states("FineJob"))[3]).toBe("ready");
  await ruby(sandbox, "SolidQueue::Job.destroy_all");
});

/** Which parts of the process are registered. */
async function parts({ pid }: ProcessInfo): Promise<string[]> {
  const rows = await sandbox.queue.processes();
  return rows.filter((row) => row.pid === pid).map(({ kind }) => kind);
}

test("a mix of them ends no part of a jobs process", async () => {
  const workers = await Promise.all(
    [1, 2, 3].map(() => sandbox.processes.start({ kind: "jobs", threads: 3 })),
  );
  for (const deed of [...DEEDS, ...DEEDS]) {
    await ruby(sandbox, `HostileJob.perform_later("${deed}"); FineJob.perform_later(0)`);
    await until(async () => (await sandbox.queue.counts()).ready === 0, `${deed} is taken`);
  }
  expect(alive(sandbox, "jobs").map(({ pid }) => pid)).toEqual(workers.map(({ pid }) => pid));
  await sandbox.clock.advance(120_000); // heartbeats of all parts, and whatever takes its time
  const started = eventsOf(sandbox, "process.registered").map(({ pid }) => pid);
  for (const worker of workers) {
    expect(await parts(worker)).toEqual(["Supervisor", "Dispatcher", "Worker"]);
    expect(started.filter((pid) => pid === worker.pid)).toHaveLength(3);
  }
  for (const worker of workers) await end(worker);
});
