import { expect, test } from "vitest";
import type { JobRow } from "../../../src/sandbox/sandbox.ts";
import { argumentsOf, groupJobs } from "../../../src/workbench/jobs/group-jobs.ts";
import { firstFrame } from "../../../src/workbench/jobs/JobDetails.tsx";

const row = (fields: Partial<JobRow>): JobRow => ({
  id: 1,
  activeJobId: "a",
  className: "PhotoJob",
  queueName: "default",
  priority: 0,
  state: "ready",
  serialized: {},
  executions: 0,
  enqueuedAt: 0,
  scheduledAt: null,
  finishedAt: null,
  claimedBy: null,
  concurrencyKey: null,
  error: null,
  ...fields,
});

test("attempts of a job are one line, the newest speaks for it", () => {
  const groups = groupJobs([
    row({ id: 1, state: "finished" }),
    row({ id: 3, executions: 1, state: "failed" }),
    row({ id: 2, activeJobId: "b" }),
  ]);
  expect(groups.map((group) => [group.activeJobId, group.latest.id, group.attempts])).toEqual([
    ["a", 3, 2],
    ["b", 2, 0],
  ]);
});

test("arguments read as the learner wrote them", () => {
  const serialized = { arguments: [1, "x", { _aj_globalid: "gid://photo-app/Photo/4" }] };
  expect(argumentsOf(row({ serialized }))).toBe('1, "x", Photo/4');
  expect(argumentsOf(row({ serialized: null }))).toBe("");
});

test("the first frame in the learner's files is where an error stands", () => {
  const backtrace = ["lib", "app/models/photo.rb:12:in `process'", "app/jobs/photo_job.rb:4"];
  expect(firstFrame(backtrace)).toEqual({ path: "app/models/photo.rb", line: 12 });
  expect(firstFrame(null)).toBeNull();
});
