import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { readSchedule } from "../../src/workbench/cron/read-schedule.ts";
import { bootTestSandbox, until } from "./support/sandbox.ts";
import { alive, eventsOf, linesOf, rowsOf } from "./support/stream.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Of these, five are valid; Solid Queue 1.1.0 says nothing about the others, the sandbox does. */
const RECURRING = `
development:
  sweep:
    class: SweepJob
    args: [ 7, { mode: "quick" } ]
    schedule: every 15 minutes
    queue: nightly
  command:
    command: "puts 'command ran'"
    schedule: every 20 minutes
  daily:
    class: SweepJob
    args: [ 1 ]
    schedule: every day at 3am
  friday:
    class: SweepJob
    schedule: 0 3 13 * 5& Europe/Berlin
  fridays:
    class: SweepJob
    schedule: 0 3 * * 5& +0100
  unscheduled:
    class: SweepJob
    schedule: every other day
  nobody:
    class: NoSuchJob
    schedule: every minute
  empty:
    schedule: every minute
`;

const FILES = {
  "config/recurring.yml": RECURRING,
  "app/jobs/sweep_job.rb": `
    class SweepJob < ApplicationJob
      def perform(number, mode: "slow") = puts("swept #{number} #{mode}")
    end`,
};

let sandbox: Sandbox;
let enqueued: number[];

beforeAll(async () => {
  sandbox = await bootTestSandbox({
    files: FILES,
    processes: [{ kind: "jobs" }, { kind: "jobs" }],
  });
  // From just after a quarter of an hour, so that four more lie within the hour.
  const past = sandbox.clock.now() % (15 * MINUTE);
  await sandbox.clock.advance(16 * MINUTE - past);
  const before = new Set((await rowsOf(sandbox, "SweepJob")).map((row) => row.id));
  await sandbox.clock.advance(HOUR);
  await until(async () => (await sandbox.queue.counts()).claimed === 0, "all jobs have ended");
  enqueued = (await rowsOf(sandbox, "SweepJob"))
    .filter((row) => !before.has(row.id) && row.queueName === "nightly")
    .map((row) => row.enqueuedAt);
});

afterAll(() => sandbox.dispose());

test("each of the two processes has a scheduler", async () => {
  expect(eventsOf(sandbox, "process.exited").map(({ exit }) => exit)).toEqual([]);
  const schedulers = (await sandbox.queue.processes()).filter(({ kind }) => kind === "Scheduler");
  expect(schedulers.map(({ pid }) => pid).sort()).toEqual(
    alive(sandbox, "jobs").map(({ pid }) => pid),
  );
});

test("a task every 15 minutes is enqueued four times in an hour, in spite of two schedulers", () => {
  expect(enqueued).toHaveLength(4);
});

test("each time at its quarter of the hour", () => {
  const quarters = enqueued.map((time) => Math.floor(time / (15 * MINUTE)));
  expect(quarters).toEqual(quarters.map((_, index) => (quarters[0] as number) + index));
});

test("both schedulers try, and whoever is second is told that it is too late", () => {
  const sweeps = eventsOf(sandbox, "recurring.enqueued").filter(({ task }) => task === "sweep");
  for (const tries of Map.groupBy(sweeps, ({ at }) => at).values()) {
    expect(tries.filter(({ skipped }) => !skipped)).toHaveLength(1);
  }
  expect(sweeps.filter(({ skipped }) => skipped).length).toBeGreaterThan(0);
  expect(new Set(sweeps.map(({ process }) => process)).size).toBe(2);
});

test("arguments, keywords and the queue come from the file", async () => {
  const sweeps = linesOf(sandbox, "swept 7");
  expect(new Set(sweeps.map(({ text }) => text))).toEqual(new Set(["swept 7 quick"]));
  const rows = (await rowsOf(sandbox, "SweepJob")).filter(({ serialized }) =>
    JSON.stringify(serialized).includes("quick"),
  );
  expect(new Set(rows.map((row) => row.queueName))).toEqual(new Set(["nightly"]));
  expect(new Set(rows.map((row) => row.state))).toEqual(new Set(["finished"]));
});

test("a command runs as a job of its own class", async () => {
  const rows = await rowsOf(sandbox, "SolidQueue::RecurringJob");
  expect(rows.length).toBeGreaterThanOrEqual(3);
  expect(linesOf(sandbox, "command ran")).toHaveLength(rows.length);
});

test("invalid tasks are left out, and the log says why", async () => {
  const { rows } = await sandbox.database.query(
    "queue",
    "SELECT key FROM solid_queue_recurring_tasks ORDER BY key",
  );
  expect(rows.flat()).toEqual(["command", "daily", "friday", "fridays", "sweep"]);
  const [first] = alive(sandbox, "jobs");
  const said = linesOf(sandbox, "config/recurring.yml").filter(({ pid }) => pid === first?.pid);
  expect(said.map(({ text }) => text)).toEqual([
    expect.stringMatching(/, line 21: the task unscheduled will never run: Schedule is not/),
    expect.stringMatching(/, line 24: the task nobody will never run: Class name doesn't corr/),
    expect.stringMatching(/, line 27: the task empty will never run: either command or class_n/i),
  ]);
});

test("a task is told as cron writes it, with Fugit's sign for both days, and its zone", async () => {
  const tasks = await sandbox.queue.recurringTasks();
  const told = Object.fromEntries(tasks.map(({ key, cron, zone }) => [key, [cron, zone]]));
  expect(told).toMatchObject({
    daily: ["0 3 * * *", null],
    friday: ["0 3 13 * 5&", "Europe/Berlin"],
    fridays: ["0 3 * * 5", "+0100"],
  });
});

test("what happened before the clock was advanced is told before what happened then", () => {
  let latest = 0;
  const late = sandbox.events.history().filter(({ time }) => {
    latest = Math.max(latest, time);
    return latest - time > MINUTE / 2; // the jumps are of minutes, side by side is a matter of ms
  });
  expect(late).toEqual([]);
});

/** Each with the kind that Fugit takes it for, and how cron writes it. */
const SCHEDULES: [string, string, string][] = [
  ["every day at 5am", "cron", "0 5 * * *"],
  ["every weekday at 9am in Europe/Berlin", "cron", "0 9 * * 1,2,3,4,5"],
  ["every 90 minutes", "cron", "0 * * * *"],
  ["every 7 hours", "cron", "0 0,7,14,21 * * *"],
  ["every 15 minutes", "cron", "0,15,30,45 * * * *"],
  ["every 30 minutes", "cron", "0,30 * * * *"],
  ["every half hour", "nothing", ""],
  ["every quarter of an hour", "nothing", ""],
  ["every fifteen minutes", "nothing", ""],
  ["every 30 seconds", "cron", "0,30 * * * * *"],
  ["every other day", "nothing", ""],
  ["15 minutes", "duration", ""],
  ["daily at 9am", "moment", ""],
  ["0 0 13 * 5& Europe/Berlin", "cron", "0 0 13 * 5&"],
  ["0 12 * * 5& UTC", "cron", "0 12 * * 5"],
  ["0 12 * * 5 Z", "moment", ""],
  ["0 12 * * 5 +0100", "cron", "0 12 * * 5"],
  ["*/30 0 12 13 * 5& +01:00", "cron", "0,30 0 12 13 * 5&"],
  ["0 0 31 2 *", "nothing", ""],
  ['"; raise #{exit!}', "nothing", ""],
];

test("the cron explorer reads schedules with the sandbox's Fugit, as Solid Queue does", async () => {
  for (const [text, kind, cron] of SCHEDULES) {
    expect({ text, ...(await readSchedule(sandbox, text)) }).toMatchObject({ text, kind, cron });
    const task = `SolidQueue::RecurringTask.new(key: "x", command: "1", schedule: ${JSON.stringify(
      text,
    ).replaceAll("#", "\\#")})`;
    expect((await sandbox.evaluate(`${task}.valid?`)).result).toBe(String(kind === "cron"));
  }
});

test("the cron explorer tells the zone, the next runs, and a second schedule that is not used", async () => {
  const weekdays = await readSchedule(sandbox, "every weekday at 9am in Europe/Berlin");
  expect(weekdays.zone).toBe("Europe/Berlin");
  expect(weekdays.runs.length).toBeGreaterThanOrEqual(3);
  expect(
    weekdays.runs.every(({ text }) => /^(Mon|Tue|Wed|Thu|Fri) .* 09:00:00 \+0[12]00$/.test(text)),
  ).toBe(true);
  const twice = await readSchedule(sandbox, "every day at 9:00 and 17:30");
  expect(twice.lines).toEqual(["0 9 * * *", "30 17 * * *"]);
  expect((await readSchedule(sandbox, "0 0 13 * 5")).days).toBe("either");
  expect((await readSchedule(sandbox, "0 0 13 * 5&")).days).toBe("both");
});
