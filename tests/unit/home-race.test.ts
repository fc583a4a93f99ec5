/** The picture on the home page shows what was recorded or has just run, not what somebody thought of. */
import { describe, expect, test } from "vitest";
import {
  layOut,
  NARROW,
  scaleOf,
  WIDE,
  type Frame,
} from "../../src/components/home/race-layout.ts";
import { RECORDED, story } from "../../src/components/home/race.ts";
import { readRun, type Run } from "../../src/workbench/race/run.ts";
import { recording } from "./workbench/timeline/recording.ts";

test.each([
  { name: "race", run: RECORDED[0] },
  { name: "commit", run: RECORDED[1] },
])("$name is the recorded run of $run.callback", ({ name, run }) => {
  expect(readRun(recording(name), run?.callback ?? "")).toEqual(run);
});

test("a run is read once its request and its job have ended, whatever the rest of the stream", () => {
  for (const name of ["race", "commit"]) {
    const events = recording(name);
    const ends = events.findIndex((_, index) => readRun(events.slice(0, index + 1), "") !== null);
    const before = events.slice(0, ends + 1).map(({ type }) => type);
    expect(before).toContain("request.finished");
    expect(before.some((type) => type === "job.failed" || type === "job.performed")).toBe(true);
    // What an earlier run tells late is not taken for this one.
    const late = events.filter(({ type }) => type.startsWith("job.")).slice(-1);
    expect(readRun([...late, ...events], "")).toEqual(readRun(events, ""));
  }
  expect(readRun(recording("rollback"), "after_create")).toBeNull(); // there was no COMMIT
});

const [failed, finished] = RECORDED as [Run, Run];
const found: Run = { ...failed, startedAt: 1300, endedAt: 1500, end: "finished", error: null };
const slowed = (run: Run, by: number): Run => ({
  ...run,
  enqueuedAt: run.enqueuedAt * by,
  startedAt: run.startedAt * by,
  endedAt: run.endedAt * by,
  committedAt: run.committedAt * by,
  respondedAt: run.respondedAt * by,
});

describe("what is said of the runs", () => {
  test("is what happened", () => {
    expect(story(RECORDED)).toBe(
      "With after_create the job started 802 ms before COMMIT, found no photo and failed. " +
        "With after_create_commit the job started 460 ms after COMMIT and finished.",
    );
  });

  test("also where the race went otherwise", () => {
    expect(story([found])).toContain("started 89 ms after COMMIT: it found the photo and finished");
    expect(story([{ ...found, startedAt: 1200 }])).toContain(
      "started 11 ms before COMMIT, but looked for the photo only after COMMIT, and finished",
    );
    const busy = { ...finished, end: "failed", error: "ActiveRecord::StatementTimeout" } as const;
    expect(story([busy])).toContain("and failed with ActiveRecord::StatementTimeout.");
  });
});

/** A job that a machine comes to late: most of the time is none of the transaction's. */
const late: Run = { ...finished, startedAt: 14_000, endedAt: 19_000, respondedAt: 4000 };
const closeCall: Run = { ...failed, startedAt: 1150, endedAt: 1300 };
const PAIRS: Record<string, Run[]> = {
  recorded: [...RECORDED],
  "five times slower": [slowed(failed, 5), slowed(finished, 5)],
  "forty times slower": [slowed(failed, 40), slowed(finished, 40)],
  "with a job that comes late": [failed, late],
  "with a job that found its photo": [found, finished],
  "with both jobs late": [{ ...found, startedAt: 8000, endedAt: 9000, respondedAt: 6000 }, late],
  "with a job that failed around COMMIT": [closeCall, finished],
  "with two that failed": [failed, { ...late, end: "failed", error: "KeyError" }],
  "with times that two processes tell differently": [{ ...failed, startedAt: 190 }, finished],
};

describe.each([WIDE, NARROW])("the $name picture", (frame: Frame) => {
  test.each(Object.entries(PAIRS))("holds the runs as %s", (_, runs) => {
    const perMs = scaleOf(runs, frame);
    expect(perMs).toBeGreaterThan(0);
    const layouts = runs.map((run) => layOut(run, frame, perMs));
    for (const [index, at] of layouts.entries()) {
      expect(at.right).toBeLessThanOrEqual(frame.width);
      expect(at.enqueued).toBeGreaterThanOrEqual(frame.left);
      expect(at.started).toBeGreaterThanOrEqual(at.enqueued);
      expect(at.ended).toBeGreaterThanOrEqual(at.started);
      const name = runs[index]?.callback.length ?? 0;
      expect(at.badge).toBeGreaterThan(16 + name * 7.8); // COMMIT is not written over the callback
      const { verdict } = at;
      if (verdict && verdict.y > 100) expect(verdict.x).toBeGreaterThan(at.ended + 13);
      if (verdict && verdict.y < 100) expect(verdict.x).toBeGreaterThan(at.responded);
      if (verdict && verdict.x < at.commit) {
        expect(verdict.x + verdict.text.length * 6.6).toBeLessThan(at.commit);
      }
    }
    // It is as large as it can be.
    const larger = runs.map((run) => layOut(run, frame, perMs * 1.05).right);
    expect(Math.max(...larger)).toBeGreaterThan(frame.width - 6);
  });

  test("says what it has room for", () => {
    const words = (runs: Run[]) =>
      runs.map((run) => layOut(run, frame, scaleOf(runs, frame))).map((at) => at.nothing);
    expect(words([failed, finished])[1]).toMatch(/^no job yet/);
    expect(words([failed, late])[1]).toBe("");
  });
});
