import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SandboxEvent } from "../../src/sandbox/events.ts";
import type { JobRow, ProcessInfo, Sandbox, StartOptions } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";

const RUNS = {
  "db/migrate/20250302090000_create_runs.rb": `
    class CreateRuns < ActiveRecord::Migration[8.0]
      def change
        create_table(:runs) { |t| t.string :run, null: false; t.integer :number; t.string :half, null: false }
      end
    end`,
  "app/models/run.rb": "class Run < ApplicationRecord; end",
};

let sandbox: Sandbox;

function running(): ProcessInfo[] {
  return sandbox.processes
    .list()
    .filter(({ kind, status }) => kind === "jobs" && status === "running");
}

function inState(...states: JobRow["state"][]): Promise<JobRow[]> {
  return sandbox.queue.jobs({ states, limit: 1000 });
}

async function rows(sql: string): Promise<unknown[][]> {
  return (await sandbox.database.query("primary", sql)).rows;
}

/** The first event from now on of which the condition is true. */
function next(condition: (event: SandboxEvent) => boolean): Promise<SandboxEvent> {
  const { promise, resolve } = Promise.withResolvers<SandboxEvent>();
  const stop = sandbox.events.subscribe((event) => {
    if (condition(event)) resolve(event);
  });
  return promise.finally(stop);
}

describe("kill -9", () => {
  const VICTIM: StartOptions = { kind: "jobs", queues: ["victim"], pollingInterval: 0.1 };
  const files = {
    ...RUNS,
    "app/jobs/stuck_job.rb": `
      class StuckJob < ApplicationJob
        queue_as :victim

        # Long enough to be killed in the middle, short enough not to be stopped.
        LONG = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 6000000) SELECT sum(x) FROM n"

        def perform(where)
          Run.transaction do
            Run.create!(run: job_id, half: "first")
            Sandbox::Events.emit "code.reloaded", paths: [ "inside #{where}" ]
            case where
            when "sleep" then sleep
            when "loop" then loop { }
            when "while" then while true; end
            when "query" then Run.lease_connection.select_value(LONG)
            when "ensure" then begin; sleep; ensure; Run.create!(run: job_id, half: "ensure"); end
            end
          end
        end
      end`,
    "app/jobs/other_job.rb": `
      class OtherJob < ApplicationJob
        def perform = Run.create!(run: job_id, half: "other")
      end`,
  };

  beforeAll(async () => {
    sandbox = await bootTestSandbox({ files, processes: [{ kind: "jobs", queues: ["default"] }] });
  });
  afterAll(() => sandbox.dispose());

  test.each([
    ["sleep", "sleep"],
    ["loop", "loop { }"],
    ["while", "while true; end"],
    ["query", "a query"],
    ["ensure", "a begin with an ensure"],
  ])("ends a process at once that is inside %s", async (where) => {
    const { pid, name } = await sandbox.processes.start(VICTIM);
    const inside = next(
      (event) => event.type === "code.reloaded" && event.paths[0] === `inside ${where}`,
    );
    await ruby(sandbox, `Run.delete_all; StuckJob.perform_later("${where}")`);
    await inside;

    sandbox.processes.signal(pid, "KILL");
    const victim = sandbox.processes.list().find((process) => process.pid === pid);
    expect(victim).toMatchObject({
      status: "exited",
      exit: { code: null, signal: "KILL", reason: "received KILL" },
    });
    const seen = sandbox.events.history().at(-1);

    await ruby(sandbox, "OtherJob.perform_later");
    await until(
      async () => (await inState("finished")).length > 0,
      "the other process has done its job",
    );
    expect(await rows("SELECT half FROM runs")).toEqual([["other"]]);
    expect(await inState("claimed")).toMatchObject([{ className: "StuckJob", claimedBy: { pid } }]);
    const later = sandbox.events.history().filter((event) => event.seq > (seen?.seq ?? 0));
    expect(later.filter((event) => event.process === name)).toEqual([]);
    await ruby(sandbox, "SolidQueue::Job.destroy_all");
  });

  test("cannot be sent to a process that is gone", () => {
    const gone = sandbox.processes.list().find(({ status }) => status === "exited");
    expect(() => sandbox.processes.signal(gone?.pid as number, "KILL")).toThrow(
      `There is no running process with pid ${gone?.pid}.`,
    );
  });
});

describe("kill -9 at random points", () => {
  const JOBS = 50;
  const KILLS = 20;
  const WORKER: StartOptions = { kind: "jobs", threads: 1, pollingInterval: 0.05 };
  const files = {
    ...RUNS,
    "app/jobs/chore_job.rb": `
      class ChoreJob < ApplicationJob
        def perform(number)
          run = SecureRandom.uuid
          Run.transaction do
            Run.create!(run: run, number: number, half: "first")
            sleep 0.25
            Run.create!(run: run, number: number, half: "second")
          end
        end
      end`,
  };

  beforeAll(async () => {
    sandbox = await bootTestSandbox({ files, processes: [WORKER, WORKER] });
  });
  afterAll(() => sandbox.dispose());

  test("loses no job, does none twice, and leaves no half of one", async () => {
    const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31));
    console.info(`SEED=${seed}`);
    const random = randomNumbers(seed);
    await ruby(
      sandbox,
      `ActiveJob.perform_all_later((1..${JOBS}).map { |number| ChoreJob.new(number) })`,
    );

    for (let kill = 0; kill < KILLS; kill++) {
      await someEvents(1 + Math.floor(random() * 9));
      const alive = running();
      const victims = random() < 0.3 ? alive : [alive[Math.floor(random() * alive.length)]];
      for (const victim of victims) sandbox.processes.signal(victim?.pid as number, "KILL");
      await Promise.all(victims.map(() => sandbox.processes.start(WORKER)));
    }
    const interrupted = await inState("claimed", "ready", "finished");
    expect(interrupted).toHaveLength(JOBS);

    await until(async () => (await sandbox.queue.counts()).ready === 0, "no job is ready");
    await sandbox.clock.advance(11 * 60_000);
    await untilDrained(sandbox);

    const runs = await runsByNumber();
    const jobs = await inState("finished", "failed");
    expect(jobs.map(numberOf).sort((a, b) => a - b)).toEqual(
      Array.from({ length: JOBS }, (_, index) => index + 1),
    );
    for (const job of jobs) {
      const halves = runs.get(numberOf(job)) ?? [];
      if (job.state === "finished") expect(halves).toEqual(["first", "second"]);
      else {
        expect(job.error?.className).toBe("SolidQueue::Processes::ProcessPrunedError");
        expect([[], ["first", "second"]]).toContainEqual(halves);
      }
    }
    expect(jobs.some(({ state }) => state === "failed")).toBe(true);
    expect(jobs.some(({ state }) => state === "finished")).toBe(true);
    const registered = new Set((await sandbox.queue.processes()).map(({ pid }) => pid));
    expect([...registered].sort()).toEqual(running().map(({ pid }) => pid));
  });

  /** Waits until so many things have happened in the jobs processes, or nothing is left to do. */
  async function someEvents(count: number): Promise<void> {
    let happened = 0;
    const stop = sandbox.events.subscribe(({ process }) => {
      if (process.startsWith("jobs-")) happened++;
    });
    await until(
      async () => happened >= count || (await sandbox.queue.counts()).ready === 0,
      `${count} events`,
    );
    stop();
  }

  async function runsByNumber(): Promise<Map<number, string[]>> {
    const halves = new Map<number, string[]>();
    for (const [number, half] of await rows("SELECT number, half FROM runs ORDER BY id"))
      halves.set(Number(number), [...(halves.get(Number(number)) ?? []), String(half)]);
    return halves;
  }

  function numberOf({ serialized }: JobRow): number {
    return Number((serialized as { arguments: unknown[] }).arguments[0]);
  }
});

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
