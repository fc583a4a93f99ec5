/** What the home page's picture shows: two runs, and what is to be said of them. */
import type { Run } from "../../workbench/race/run.ts";

/** Recorded in a sandbox (tests/fixtures/timeline/race.json and commit.json; a test compares). */
export const RECORDED: readonly Run[] = [
  {
    callback: "after_create",
    enqueuedAt: 200,
    startedAt: 409,
    endedAt: 506,
    end: "failed",
    error: "ActiveRecord::RecordNotFound",
    committedAt: 1211,
    respondedAt: 1215,
  },
  {
    callback: "after_create_commit",
    enqueuedAt: 1199,
    startedAt: 1467,
    endedAt: 1658,
    end: "finished",
    error: null,
    committedAt: 1007,
    respondedAt: 1227,
  },
];

/** The job looked for its photo and was told that there is none. */
export const missedPhoto = ({ error }: Run): boolean => error === "ActiveRecord::RecordNotFound";

/** It was enqueued before COMMIT and found the photo all the same. */
export const foundInTime = ({ end, enqueuedAt, committedAt }: Run): boolean =>
  end === "finished" && enqueuedAt < committedAt;

/** What happened, a sentence for each run, for example for who does not see the picture. */
export function story(runs: readonly Run[]): string {
  return runs.map((run) => `With ${run.callback} ${ofJob(run)}.`).join(" ");
}

function ofJob(run: Run): string {
  const started = `started ${beside(run.startedAt, run.committedAt)}`;
  if (missedPhoto(run)) return `the job ${started}, found no photo and failed`;
  if (run.end === "failed") return `the job ${started} and failed with ${run.error ?? "an error"}`;
  if (!foundInTime(run)) return `the job ${started} and finished`;
  return run.startedAt < run.committedAt
    ? `the job ${started}, but looked for the photo only after COMMIT, and finished`
    : `the job was enqueued before COMMIT, but ${started}: it found the photo and finished`;
}

function beside(time: number, commit: number): string {
  const ms = Math.abs(time - commit).toLocaleString("en");
  return `${ms} ms ${time < commit ? "before" : "after"} COMMIT`;
}
