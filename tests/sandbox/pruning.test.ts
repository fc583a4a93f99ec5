/** A jobs process that was killed or never ends its job, while another lives: who notices, when, and what becomes of its job. */
import { afterEach, expect, test } from "vitest";
import type { FileTree, Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";
import { alive, eventsOf, linesOf, present, rowsOf } from "./support/stream.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DEVELOPMENT = "config/environments/development.rb";

const FILES = {
  "app/jobs/victim_job.rb": `
    class VictimJob < ApplicationJob
      def perform(name, seconds)
        puts "#{name} begins"
        sleep seconds
        puts "#{name} ends"
      end
    end`,
  "app/jobs/endless_job.rb": `
    class EndlessJob < ApplicationJob
      def perform
        puts "endless begins"
        loop { }
      end
    end`,
};

let sandbox: Sandbox;
afterEach(() => sandbox.dispose());

/** Two jobs processes; the one that has claimed the first of three jobs is killed. */
async function killInTheMiddle(files: FileTree) {
  sandbox = await bootTestSandbox({ files: { ...FILES, ...files }, processes: [{ kind: "web" }] });
  const victim = await sandbox.processes.start({ kind: "jobs", threads: 1 });
  await ruby(sandbox, 'VictimJob.perform_later("hit", 600); nil');
  await until(() => linesOf(sandbox, "hit begins").length > 0, "the job runs");
  const survivor = await sandbox.processes.start({ kind: "jobs", threads: 1 });
  sandbox.processes.signal(victim.pid, "KILL");
  await ruby(sandbox, '2.times { VictimJob.perform_later("missed", 0) }; nil');
  await untilHit("claimed");
  return { victim, survivor };
}

async function hit() {
  const rows = await sandbox.queue.jobs({ className: "VictimJob" });
  return present(rows.at(-1), "the first job");
}

function untilHit(state: string): Promise<void> {
  return until(async () => (await hit()).state === state, `the job is ${state}`);
}

test.each([
  ["with Rails' thresholds (60 s, 5 min)", {}, { early: 4 * MINUTE, late: 7 * MINUTE }],
  [
    "with thresholds for a lesson (2 s, 10 s)",
    { heartbeat: 2, threshold: 10 },
    { early: 6 * SECOND, late: 16 * SECOND },
  ],
])("%s the survivor's supervisor fails its job, and no job is lost", async (_, limits, wait) => {
  const { heartbeat, threshold } = limits as { heartbeat?: number; threshold?: number };
  const settings = `
  config.solid_queue.process_heartbeat_interval = ${heartbeat ?? 60}.seconds
  config.solid_queue.process_alive_threshold = ${threshold ?? 300}.seconds`;
  const files: FileTree = {
    "config/initializers/.keep": "",
    ...(heartbeat ? await withSettings(settings) : {}),
  };
  const { victim, survivor } = await killInTheMiddle(files);

  await sandbox.clock.advance(wait.early);
  expect((await hit()).state).toBe("claimed");
  expect((await hit()).claimedBy?.pid).toBe(victim.pid);
  await sandbox.clock.advance(wait.late);
  await untilHit("failed");

  expect((await hit()).error).toMatchObject({
    className: "SolidQueue::Processes::ProcessPrunedError",
    backtrace: null,
  });
  const pruned = eventsOf(sandbox, "process.pruned");
  expect(pruned.map(({ pid, prunedPid }) => [pid, prunedPid])).toContainEqual([
    survivor.pid,
    victim.pid,
  ]);
  await untilDrained(sandbox);
  expect(await sandbox.queue.counts()).toMatchObject({
    finished: 2,
    failed: 1,
    claimed: 0,
    ready: 0,
  });
  const registered = new Set((await sandbox.queue.processes()).map(({ pid }) => pid));
  expect([...registered]).toEqual([survivor.pid]);

  await sandbox.queue.retry((await hit()).id);
  await until(() => linesOf(sandbox, "hit begins").length === 2, "it runs again");
  await sandbox.clock.advance(11 * MINUTE);
  await untilHit("finished");
});

async function withSettings(settings: string): Promise<FileTree> {
  const other = await bootTestSandbox({ processes: [] });
  const text = other.files.readText(DEVELOPMENT);
  await other.dispose();
  return { [DEVELOPMENT]: text.replace(/\nend\s*$/, `${settings}\nend\n`) };
}

test("an hour does not wait for one in an endless loop; the other performs what falls due, and prunes it", async () => {
  const jobs = { kind: "jobs", threads: 1 } as const;
  sandbox = await bootTestSandbox({ files: FILES, processes: [jobs, jobs] });
  await ruby(sandbox, "EndlessJob.perform_later; nil");
  await until(() => linesOf(sandbox, "endless begins").length > 0, "the loop runs");
  const stuck = present(linesOf(sandbox, "endless begins")[0]).pid;
  const other = present(alive(sandbox, "jobs").find(({ pid }) => pid !== stuck)).pid;
  const due = [3, 20, 40, 59];
  await ruby(
    sandbox,
    `${JSON.stringify(due)}.each { VictimJob.set(wait: _1.minutes).perform_later("at #{_1}", 0) }; nil`,
  );
  const before = sandbox.clock.now();
  await sandbox.clock.advance(60 * MINUTE);
  expect(sandbox.clock.now() - before).toBeGreaterThanOrEqual(60 * MINUTE);

  const ends = linesOf(sandbox, "at ").filter(({ text }) => text.endsWith("ends"));
  expect(ends.map(({ pid, text }) => [pid, text])).toEqual(
    due.map((minutes) => [other, `at ${minutes} ends`]),
  );
  const rows = await rowsOf(sandbox, "VictimJob");
  for (const { state, scheduledAt, finishedAt } of rows) {
    expect(state).toBe("finished");
    const late = present(finishedAt) - present(scheduledAt);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(15 * MINUTE);
  }
  // It has no heartbeat, so it counts as dead; that it still runs nobody knows.
  const [row] = await rowsOf(sandbox, "EndlessJob");
  expect(row?.error?.className).toBe("SolidQueue::Processes::ProcessPrunedError");
  expect(eventsOf(sandbox, "process.pruned").map(({ pid }) => pid)).toContain(other);
  expect(alive(sandbox, "jobs").map(({ pid }) => pid)).toEqual([stuck, other].sort());
});
