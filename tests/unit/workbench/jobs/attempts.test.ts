import { expect, test } from "vitest";
import type { EventBody } from "../../../../src/sandbox/events.ts";
import { createAttemptLog } from "../../../../src/workbench/attempts/attempts.ts";
import { runTimes } from "../../../../src/workbench/attempts/run-times.ts";
import { runsOf, truthOf } from "../../../../src/workbench/jobs/detail/runs.ts";
import { jobRow } from "../../support/job-row.ts";

const error = { className: "KeyError", message: "no key" };
const job = (jobId: number) => ({
  activeJobId: "a",
  jobId,
  className: "PhotoJob",
  queueName: "default",
});

/** A log that heard these events, each with its time in ms. */
function heard(events: [number, EventBody][], pid = 102) {
  const log = createAttemptLog();
  for (const [time, body] of events) log.add({ seq: time, time, pid, process: "jobs-1", ...body });
  return log;
}

const RETRIED: [number, EventBody][] = [
  [10, { type: "job.started", job: job(1), execution: 1 }],
  [20, { type: "job.raised", job: job(1), duration: 10, error }],
  [21, { type: "job.retried", job: job(1), error, at: 3000 }],
  [22, { type: "job.finished", jobId: 1 }],
  [3100, { type: "job.started", job: job(2), execution: 2 }],
  [3150, { type: "job.raised", job: job(2), duration: 50, error }],
  [3151, { type: "job.failed", jobIds: [2], error }],
];

test("an attempt that raised and was retried is not called finished", () => {
  const log = heard(RETRIED);
  const rows = [
    jobRow({ id: 2, state: "failed", enqueuedAt: 20, scheduledAt: 3020, failedAt: 3151 }),
    jobRow({ id: 1, state: "finished", enqueuedAt: 5, scheduledAt: 5, finishedAt: 22 }),
  ];
  const runs = runsOf(rows, log.of("a"));
  expect(runs.map(({ number, end, startedAt, due }) => [number, end, startedAt, due])).toEqual([
    [1, "retried", 10, null],
    [2, "failed", 3100, 3020],
  ]);
  expect(truthOf(runs)).toBe(
    "2 attempts are 2 rows in the queue with one active_job_id. " +
      "One of them counts as finished, although it raised.",
  );
});

test("run times and tallies count each run once, and say how many raised", () => {
  const log = heard(RETRIED);
  log.add({
    ...{ seq: 9, time: 4000, pid: 102, process: "jobs-1" },
    ...{ type: "job.started", job: { ...job(3), activeJobId: "b" }, execution: 1 },
  });
  const [first, ...others] = runTimes(log.all());
  expect(others).toEqual([]);
  expect(first).toEqual({
    ...{ className: "PhotoJob", queueName: "default", runs: 2, raised: 2 },
    ...{ meanMs: 30, shortestMs: 10, longestMs: 50 },
  });
  expect(log.tallyOf(102)).toEqual({ ended: 2, raised: 2 });
  expect(log.tallyOf(1)).toEqual({ ended: 0, raised: 0 });
});

test("a job that discard_on gave up is not called finished either", () => {
  const log = heard([
    [10, { type: "job.started", job: job(1), execution: 1 }],
    [20, { type: "job.raised", job: job(1), duration: 10, error }],
    [21, { type: "job.discarded", job: job(1), error }],
  ]);
  const runs = runsOf([jobRow({ state: "finished", finishedAt: 22 })], log.of("a"));
  expect(runs[0]?.end).toBe("discarded");
  expect(log.discardedRows()).toEqual([1]);
  expect(truthOf(runs)).toContain("discard_on");
});

test("a job is in the hands of its process until that is killed", () => {
  const log = heard([[10, { type: "job.started", job: job(1), execution: 1 }]]);
  expect(log.runningIn(102)).toMatchObject([{ jobId: 1, outcome: null }]);
  const exit = { code: null, signal: "KILL", reason: "killed" } as const;
  log.add({ seq: 2, time: 50, pid: 102, process: "jobs-1", type: "process.exited", exit });
  expect(log.runningIn(102)).toEqual([]);
  const row = jobRow({ state: "claimed", claimedAt: 9 });
  expect(runsOf([row], log.of("a"))).toMatchObject([{ end: "claimed", endedAt: 50 }]);
  // Another process prunes it later, and writes its failure down.
  log.add({
    seq: 3,
    time: 90,
    pid: 103,
    process: "jobs-2",
    type: "job.failed",
    jobIds: [1],
    error,
  });
  expect(log.of("a")).toMatchObject([{ outcome: "failed", endedAt: 50, error }]);
});

test("a failed job retried by hand has an attempt behind it and one before it, in one row", () => {
  const log = heard(RETRIED.slice(4));
  const runs = runsOf([jobRow({ id: 2, state: "ready", executions: 0 })], log.of("a"));
  expect(runs.map(({ end, startedAt }) => [end, startedAt])).toEqual([
    ["failed", 3100],
    ["ready", null],
  ]);
});

test("without events the rows speak for themselves", () => {
  const runs = runsOf([jobRow({ state: "finished", finishedAt: 90 })], []);
  expect(runs).toMatchObject([{ end: "finished", startedAt: null, endedAt: 90, where: null }]);
  expect(truthOf(runs)).toContain("not known here");
});

test("only so many jobs are remembered", () => {
  const log = createAttemptLog();
  for (let id = 1; id <= 20_010; id++) {
    const started = { activeJobId: String(id), jobId: id, className: "J", queueName: "q" };
    log.add({
      seq: id,
      time: id,
      pid: 1,
      process: "jobs-1",
      type: "job.started",
      job: started,
      execution: 1,
    });
  }
  expect(log.of("10")).toEqual([]);
  expect(log.ofRow(10)).toBeUndefined();
  expect(log.of("20010")).toHaveLength(1);
});
