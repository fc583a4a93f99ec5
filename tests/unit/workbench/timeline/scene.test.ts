/** The scene: what is drawn where, in px along time and across the lanes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createScale,
  cutTime,
  tickStep,
  uncutTime,
} from "../../../../src/workbench/timeline/scene/scale.ts";
import type { SceneOptions } from "../../../../src/workbench/timeline/scene/scene.ts";
import { MOST_JOBS } from "../../../../src/workbench/timeline/scene/layout.ts";
import { widthOf } from "../../../../src/workbench/timeline/scene/text.ts";
import { modelOf, recording, sceneOf, stream } from "./recording.ts";

describe("the axis", () => {
  const breaks = [
    { from: 1000, until: 5000 },
    { from: 9000, until: 100_000 },
  ];

  test("leaves out what the clock jumped over, and knows the way back", () => {
    expect(cutTime(breaks, 500)).toBe(500);
    expect(cutTime(breaks, 6000)).toBe(2000);
    expect(cutTime(breaks, 100_100)).toBe(5100);
    expect(uncutTime(breaks, 2000)).toBe(6000);
    expect(uncutTime(breaks, 5100)).toBe(100_100);
  });

  test("a place and its moment are the same, whatever the window", () => {
    const times = fc.double({ min: 0, max: 110_000, noNaN: true });
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 50, max: 6000 }),
        fc.integer({ min: 200, max: 2000 }),
        (time, span, px) => {
          const from = cutTime(breaks, time) - span / 2;
          const scale = createScale({ from, until: from + span }, breaks, px);
          expect(scale.timeAt(scale.at(time))).toBeCloseTo(time, 3);
        },
      ),
    );
  });

  test("ticks are 1, 2 or 5 of a power of ten, never too close", () => {
    expect(tickStep(1, 80)).toBe(100);
    expect(tickStep(0.5, 80)).toBe(200);
    expect(tickStep(40, 80)).toBe(2);
    expect(tickStep(0.0001, 80)).toBe(30 * 60_000);
  });
});

describe("jobs in the memory of the web process", () => {
  const scene = sceneOf(modelOf(recording("async")));

  test("are drawn below the request, within the lane", () => {
    const web = scene.lanes.find(({ name }) => name === "web");
    const request = scene.bars.find(({ label }) => label.startsWith("POST"));
    expect(scene.jobs).toHaveLength(5);
    for (const { c0, c1 } of scene.jobs) {
      expect(c0).toBeGreaterThan(request?.c1 ?? Infinity);
      expect(c1).toBeLessThan(web?.c1 ?? 0);
    }
  });

  test("are torn off by the KILL, those that waited too", () => {
    const torn = scene.jobs.filter(({ segments }) => segments.at(-1)?.torn);
    expect(torn).toHaveLength(4);
    expect(torn.map(({ caption }) => caption)).not.toContain("claimed by a dead process");
  });
});

describe("the race", () => {
  const scene = sceneOf(modelOf(recording("race")));

  test("lanes follow the cause", () => {
    expect(scene.lanes.map(({ name }) => name)).toEqual([
      "web",
      "database",
      "worker",
      "dispatcher",
    ]);
  });

  test("the row is hatched until the COMMIT, which goes through all lanes", () => {
    const [bracket] = scene.brackets;
    const [band] = scene.bands;
    expect(bracket).toMatchObject({ rule: true, end: "committed" });
    expect(band?.turnsAt).toBeCloseTo(bracket?.a1 ?? 0);
    expect(band?.a1).toBeGreaterThan(band?.turnsAt ?? Infinity);
    expect(band?.before).toBe("photo 1: only web can see it");
    expect(scene.tints).toMatchObject([{ a0: bracket?.a0, a1: bracket?.a1 }]);
  });

  test("a thread leads to the job, its look to the hatching, the measure to the COMMIT", () => {
    const [job] = scene.jobs;
    const [bracket] = scene.brackets;
    const database = scene.lanes[1];
    expect(job?.thread?.a).toBeCloseTo(job?.a0 ?? 0);
    expect(job?.look?.label).toBe("SELECT: 0 rows");
    expect(job?.look?.toC).toBeGreaterThan(database?.c0 ?? Infinity);
    expect(job?.look?.toC).toBeLessThan(database?.c1 ?? 0);
    expect(job?.measure?.a1).toBeCloseTo(bracket?.a1 ?? 0);
    expect(job?.measure?.label).toMatch(/^\d+ ms too early$/);
    expect(job?.measure?.fits).toBe(true);
    expect(job?.caption).toMatch(/^failed: Couldn't find Photo/);
  });

  test("turned, lanes are columns that fit the screen, without the dispatcher", () => {
    const turned = sceneOf(modelOf(recording("race")), {
      vertical: true,
      length: 380,
      across: 344,
    });
    expect(turned.lanes.map(({ name }) => name)).toEqual(["web", "database", "worker"]);
    expect(turned.across).toBeLessThanOrEqual(344);
    expect(turned.jobs[0]?.measure?.fits).toBe(true);
  });
});

describe("bands below each other", () => {
  const rowsIn = (across: number) =>
    ["race", "commit", "rollback", "retry", "kill", "hour"].map((name) => {
      const { bands, lanes } = sceneOf(modelOf(recording(name)), { across });
      const database = lanes.find((lane) => lane.name === "database");
      for (const { c1 } of bands) expect(c1).toBeLessThan(database?.c1 ?? 0);
      return new Set(bands.map(({ c0 }) => c0)).size;
    });

  test("stay within the database's lane, however high the panel is", () => {
    expect(Math.max(...rowsIn(500))).toBeGreaterThan(Math.max(...rowsIn(170)));
  });
});

describe("turned, the words beside the bands", () => {
  const NAMES = ["race", "commit", "rollback", "retry", "kill", "hour"];
  const turned = (name: string, across: number) =>
    sceneOf(modelOf(recording(name)), { vertical: true, length: 380, across });

  test("are there on a phone", () => {
    expect(turned("race", 344).bands[0]?.beside).toEqual({
      before: ["photo 1:", "only web", "can see it"],
      after: ["all can", "see it"],
    });
  });

  test.each([344, 300, 260, 220, 180])("keep off the worker's bars on %i px", (across) => {
    for (const name of NAMES) {
      const { bands, lanes } = turned(name, across);
      const database = lanes.find((lane) => lane.name === "database");
      for (const { c1, beside } of bands)
        for (const line of [...beside.before, ...beside.after])
          expect(c1 + widthOf(line), `${name}: ${line}`).toBeLessThan((database?.c1 ?? 0) + 12);
    }
  });

  test("are left out where none fit", () => {
    const lengths = NAMES.flatMap((name) => turned(name, 180).bands).map(
      ({ beside }) => beside.after.length,
    );
    expect(Math.min(...lengths)).toBe(0);
  });
});

test("an advanced hour is a break with its length, and ticks keep away from it", () => {
  const scene = sceneOf(modelOf(recording("hour")));
  expect(scene.breaks.map(({ label }) => label)).toContain("1 h");
  for (const tick of scene.ticks) {
    for (const gap of scene.breaks) expect(Math.abs(tick.a - gap.a)).toBeGreaterThan(20);
  }
});

test("KILL is a mark across the lane, and its bar is torn", () => {
  const scene = sceneOf(modelOf(recording("kill")));
  expect(scene.moments.filter(({ kind }) => kind === "killed").length).toBeGreaterThan(0);
  expect(scene.jobs[0]?.segments.at(-1)?.torn).toBe(true);
});

test("jobs too many to be told apart are columns", () => {
  const { events, add } = stream();
  add({ type: "process.registered", registeredId: 3, kind: "Worker", name: "w" });
  const origin = {
    ...{ requestId: null, jobId: null, activeJobId: null },
    ...{ transaction: null, location: null },
  };
  const many = MOST_JOBS + 10;
  for (let id = 1; id <= many; id++) {
    const job = { activeJobId: `a${id}`, jobId: id, className: "AJob", queueName: "default" };
    add({ type: "job.enqueued", job, origin, rowInTransaction: false });
    add({ type: "job.claimed", jobId: id, registeredId: 3 });
    add({ type: "job.started", job, execution: 1 });
    add({ type: "job.performed", job, duration: 1 });
    add({ type: "job.finished", jobId: id });
  }
  const scene = sceneOf(modelOf(events));
  expect(scene.jobs).toEqual([]);
  expect(scene.densities[0]?.label).toBe(`${many} jobs: zoom in to tell them apart`);
  expect(scene.densities[0]?.columns.length).toBeGreaterThan(10);
});

describe("a low panel", () => {
  const state = modelOf(recording("retry"));
  const names = (options: Partial<SceneOptions>) =>
    sceneOf(state, options).lanes.map(({ name }) => name);

  test("of a run leaves out a web process that takes no part in it", () => {
    expect(names({ across: 60 })).not.toContain("web");
    expect(names({ across: 60 })).toContain("worker");
  });

  test("that is moved by hand, or is high enough, shows every process", () => {
    expect(names({ across: 60, ofRun: false })).toContain("web");
    expect(names({ across: 600 })).toContain("web");
  });

  test("keeps a web process that answers a request of the run", () => {
    const lanes = sceneOf(modelOf(recording("commit")), { across: 60 }).lanes;
    expect(lanes.map(({ name }) => name)).toContain("web");
  });
});
