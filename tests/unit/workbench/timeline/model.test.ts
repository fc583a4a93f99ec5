/** The model, on streams recorded from a real sandbox. */
import { describe, expect, test } from "vitest";
import { stateOf } from "../../../../src/workbench/timeline/model/jobs.ts";
import { missOf } from "../../../../src/workbench/timeline/model/misses.ts";
import { latestRun, spanOfRun } from "../../../../src/workbench/timeline/model/runs.ts";
import { sentenceOf } from "../../../../src/workbench/timeline/model/sentence.ts";
import { storyOf } from "../../../../src/workbench/timeline/model/story.ts";
import { createTimeline } from "../../../../src/workbench/timeline/model/timeline.ts";
import { wrote } from "../../../../src/workbench/timeline/model/transactions.ts";
import { latest, modelOf, recording, stream } from "./recording.ts";

const saidOf = (name: string) => {
  const state = modelOf(recording(name));
  return sentenceOf(state, latestRun(state));
};

const timeOf = (name: string, type: string) =>
  recording(name).find((event) => event.type === type)?.time ?? NaN;

describe("the race", () => {
  const state = modelOf(recording("race"));
  const run = latest(state);

  test("one request, one transaction and one job are one run", () => {
    expect(run.request).toMatchObject({ method: "POST", path: "/photos", status: 201 });
    expect(run.transactions).toHaveLength(1);
    expect(run.jobs).toHaveLength(1);
    expect(run.jobs[0]).toMatchObject({ className: "PhotoProcessingJob", rowInTransaction: false });
  });

  test("the transaction holds the photo that only web can see", () => {
    const [transaction] = run.transactions;
    expect(transaction).toMatchObject({ end: "committed", torn: false });
    expect(transaction?.bands).toMatchObject([
      { table: "photos", operation: "insert", rowCount: 1 },
    ]);
    expect(transaction?.enqueued).toEqual(run.jobs);
  });

  test("the job waits, is claimed, runs and fails in the worker's lane", () => {
    const [job] = run.jobs;
    expect(job?.segments.map((segment) => segment.state)).toEqual(["ready", "claimed", "running"]);
    expect(job?.ends).toMatchObject([{ kind: "failed" }]);
    const lane = state.lanes.get(job?.segments.at(-1)?.lane ?? "");
    expect(lane).toMatchObject({ kind: "worker", process: "jobs-1" });
  });

  test("it came too early by the time from its end to the COMMIT", () => {
    const [job] = run.jobs;
    const miss = job && missOf(state, job);
    const early = timeOf("race", "transaction.committed") - timeOf("race", "job.raised");
    expect(miss).toMatchObject({ kind: "early", row: "photo" });
    expect((miss?.until ?? 0) - (miss?.from ?? 0)).toBeCloseTo(early);
    expect(early).toBeGreaterThan(0);
    const { state: mark, text } = sentenceOf(state, run);
    expect(mark).toBe("failed");
    expect(text).toBe(`The job ran ${Math.round(early)} ms before the photo was committed.`);
  });

  test("while the transaction is open, the sentence says so", () => {
    const events = recording("race").filter(({ type }) => !/committed|request.finished/.test(type));
    const open = modelOf(events);
    expect(sentenceOf(open, latestRun(open)).text).toBe(
      "The job ran, and the photo is still not committed.",
    );
  });

  test("the table tells the same in order", () => {
    const story = storyOf(state, run);
    expect(
      story.map(({ where, what }) => `${where}: ${what}`.replace(/\d+ ms|\d\.\d s/, "…")),
    ).toEqual([
      "web: POST /photos begins",
      "web: BEGIN: a transaction opens",
      "web: inserts photo 1",
      "web: enqueues PhotoProcessingJob",
      "worker (jobs-1, 102): PhotoProcessingJob is claimed",
      "worker (jobs-1, 102): PhotoProcessingJob starts to run",
      expect.stringMatching(/^worker .*: SELECT finds no photo: it is committed … after the job$/),
      expect.stringMatching(/^worker .*: PhotoProcessingJob has failed: Couldn't find Photo/),
      "web: COMMIT: all can see what it wrote (open for …)",
      "web: POST /photos is answered with 201",
    ]);
  });
});

describe("other runs", () => {
  test("after the COMMIT nothing is missed", () => {
    const { state, text } = saidOf("commit");
    expect(state).toBe("finished");
    expect(text).toMatch(/^The job started \d+ ms after the photo was committed, and finished\.$/);
  });

  test("a photo that was rolled back was never there", () => {
    expect(saidOf("rollback")).toEqual({
      state: "failed",
      text: "The job looked for a photo that was rolled back.",
    });
  });

  test("attempts of a job: retried, then finished or discarded", () => {
    const state = modelOf(recording("retry"));
    const ends = [...state.jobs.values()].map(({ ends: own }) => own.map(({ kind }) => kind));
    expect(ends).toEqual([["retried"], ["finished"], ["retried"], ["discarded"]]);
    expect(state.runs.filter(({ worth }) => worth)).toHaveLength(2);
    expect(saidOf("retry")).toEqual({
      state: "discarded",
      text: "ShakyJob was discarded: given up",
    });
  });

  test("KILL tears the bar and the transaction; the prune fails the job", () => {
    const state = modelOf(recording("kill"));
    const [job] = state.jobs.values();
    expect(job?.segments.at(-1)).toMatchObject({ state: "running", torn: true });
    expect(job?.ends).toMatchObject([{ kind: "failed" }]);
    expect(job?.ends[0]?.time).toBeGreaterThan((job?.segments.at(-1)?.until ?? 0) + 60_000);
    const held = state.transactions.filter(wrote);
    expect(held).toMatchObject([{ end: "rolledBack", torn: true }]);
    const kinds = state.moments.map(({ kind }) => kind);
    expect(kinds).toContain("killed");
    expect(kinds).toContain("pruned");
    const killed = [...state.lanes.values()].filter(({ end }) => end === "killed");
    expect(killed.map(({ kind }) => kind).sort()).toEqual(["dispatcher", "worker"]);
  });

  test("jobs in memory end with their code, or are lost with their process", () => {
    const state = modelOf(recording("async"));
    const run = latest(state);
    expect(run.request).toMatchObject({ method: "POST" });
    expect(run.jobs.map(stateOf)).toEqual(["finished", "lost", "lost", "lost", "lost"]);
    expect(run.jobs.map((job) => job.segments.at(-1)?.state)).toEqual([
      "running",
      "running",
      "running",
      "ready",
      "ready",
    ]);
    expect(state.runs.filter(({ worth }) => worth)).toEqual([run]);
    expect(sentenceOf(state, run)).toEqual({
      state: "discarded",
      text: "5 jobs: 1 finished, 4 lost, because they were in the memory of a process that ended.",
    });
  });

  test("an hour that the clock jumped over is left out of the axis, what happened in it is not", () => {
    const state = modelOf(recording("hour"));
    const removed = state.breaks.reduce((sum, { from, until }) => sum + until - from, 0);
    expect(removed).toBeGreaterThan(3_500_000);
    const [job] = state.jobs.values();
    expect(job?.segments.map((segment) => segment.state)).toEqual([
      "scheduled",
      "ready",
      "claimed",
      "running",
    ]);
    const ran = job?.segments.at(-1)?.from ?? 0;
    expect(state.breaks.some(({ from, until }) => ran > from && ran < until)).toBe(false);
  });
});

describe("what the model must bear", () => {
  const job = { activeJobId: "a", jobId: 7, className: "AJob", queueName: "default" };
  const origin = {
    ...{ requestId: null, jobId: null, activeJobId: null },
    ...{ transaction: null, location: null },
  };

  test("events of two processes that come in another order than they happened in", () => {
    const { events, add } = stream();
    add({ type: "process.registered", registeredId: 3, kind: "Worker", name: "w" });
    add({ type: "job.claimed", jobId: 7, registeredId: 3 }, { time: 1010 });
    const enqueued = { type: "job.enqueued", job, origin, rowInTransaction: false } as const;
    add(enqueued, { time: 1005, pid: 101, process: "console" });
    const [own] = modelOf(events).jobs.values();
    expect(own?.segments.map(({ state, from, until }) => [state, from, until])).toEqual([
      ["ready", 1005, 1010],
      ["claimed", 1010, null],
    ]);
  });

  test("a job with the id of an earlier one: the queue's tables are in another database now", () => {
    const { events, add } = stream();
    const enqueued = (activeJobId: string, time: number) =>
      add(
        {
          ...{ type: "job.enqueued", job: { ...job, activeJobId } },
          ...{ origin, rowInTransaction: false },
        },
        { time },
      );
    enqueued("a", 1000);
    add({ type: "job.claimed", jobId: 7, registeredId: 3 }, { time: 1010 });
    add({ type: "job.finished", jobId: 7 }, { time: 1020 });
    enqueued("b", 9000);
    const state = modelOf(events);
    const told = [...state.jobs.values()].map(
      (own) => [own.activeJobId, own.segments.length, stateOf(own)] as const,
    );
    expect(told).toEqual([
      ["a", 2, "finished"],
      ["b", 1, "ready"],
    ]);
    expect(latest(state).jobs.map(({ activeJobId }) => activeJobId)).toEqual(["b"]);
  });

  test("a transaction that wrote nothing is not drawn, and makes no run", () => {
    const { events, add } = stream();
    const transaction = { transaction: "t", database: "primary" };
    add({ type: "transaction.opened", ...transaction });
    add({
      ...{ type: "statement", operation: "select", table: "photos", database: "primary" },
      ...{ rowCount: 1, ids: [1], duration: 1, origin: { ...origin, transaction: "t" } },
    });
    add({ type: "transaction.committed", ...transaction });
    const state = modelOf(events);
    expect(state.transactions.filter(wrote)).toEqual([]);
    expect(latestRun(state)).toBeNull();
  });

  test("who wrote is named as what it is", () => {
    const { events, add } = stream();
    const where = { operation: "insert", table: "photos", database: "primary" } as const;
    const what = { rowCount: 1, ids: [1], duration: 1, origin };
    const statement = { type: "statement" as const, ...where, ...what };
    add(statement, { pid: 101, process: "web" });
    const state = modelOf(events);
    expect(sentenceOf(state, latest(state)).text).toBe(
      "The web process wrote as it started, and enqueued no job.",
    );
    add(statement, { pid: 103, process: "console" });
    const later = modelOf(events);
    expect(sentenceOf(later, latest(later)).text).toBe("The console wrote, and enqueued no job.");
  });

  test("a page that is only read is no run", () => {
    const { events, add } = stream();
    const request = { requestId: "101:1", method: "GET", path: "/" };
    add({ type: "request.started", ...request });
    add({ type: "request.finished", ...request, status: 200, duration: 3 });
    expect(latestRun(modelOf(events))).toBeNull();
  });

  test("enqueues close behind each other in the console are one run", () => {
    const { events, add } = stream();
    for (let id = 1; id <= 5; id++) {
      const each = { ...job, jobId: id, activeJobId: `a${id}` };
      add({ type: "job.enqueued", job: each, origin, rowInTransaction: false });
    }
    const state = modelOf(events);
    expect(latest(state).jobs).toHaveLength(5);
    expect(sentenceOf(state, latest(state)).text).toBe("5 jobs: 5 ready.");
  });

  test("more than 20,000 events: what is over is forgotten, what goes on stays", () => {
    const timeline = createTimeline();
    const { events, add } = stream();
    add({ type: "process.registered", registeredId: 3, kind: "Worker", name: "w" });
    add({ type: "job.enqueued", job, origin, rowInTransaction: false });
    for (let id = 100; id < 12_100; id++) {
      add({ type: "job.claimed", jobId: id, registeredId: 3 });
      add({ type: "job.finished", jobId: id });
      add({ type: "process.heartbeat", registeredId: 3, kind: "Worker", name: "w" });
    }
    for (const event of events) timeline.add(event);
    expect(timeline.state.jobs.size).toBeLessThan(8_000);
    expect(timeline.state.jobs.has("7")).toBe(true);
    expect(timeline.state.jobs.has("12099")).toBe(true);
    expect(timeline.state.lanes.get("102:3")?.heartbeats.length).toBeLessThanOrEqual(500);
  });

  test("what a heartbeat writes in a jump of the clock does not cut it in two", () => {
    const { events, add } = stream();
    const heartbeat = { registeredId: 3, kind: "Worker", name: "w" };
    add({ type: "process.registered", ...heartbeat }, { time: 1000 });
    add({ type: "process.heartbeat", ...heartbeat }, { time: 60_000 });
    add(
      { type: "rows.changed", database: "queue", commit: 1, tables: [], schema: false },
      { time: 60_001 },
    );
    add({ type: "database.locks", locks: [] }, { time: 60_002 });
    add({ type: "clock.advanced", by: 119_000 }, { time: 121_000 });
    expect(modelOf(events).breaks).toEqual([{ from: 2100, until: 120_900 }]);
  });

  test("a run that waits for its time does not grow until then", () => {
    const events = recording("hour").slice(0, 12);
    const state = modelOf(events);
    const run = latest(state);
    const { until } = spanOfRun(run, state.lastTime + 60_000);
    expect(until).toBeLessThan(state.lastTime + 1);
  });
});
