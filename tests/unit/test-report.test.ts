/** How `npm test` counts a suite of which some files ran a second time. */
import { expect, test } from "vitest";
import { failedFiles, outcomeOf, type Report } from "../../scripts/lib/test-report.ts";

const first: Report = {
  files: {
    "a.test.ts": { passed: 3, failures: [] },
    "b.test.ts": {
      passed: 1,
      failures: [
        { test: "kill", error: "expected 1 to be 2" },
        { test: "term", error: "too late" },
      ],
    },
  },
  failures: [],
};

test("without a second run what failed has failed", () => {
  expect(outcomeOf(first)).toEqual({
    passed: 4,
    failures: ["b.test.ts > kill: expected 1 to be 2", "b.test.ts > term: too late"],
    secondTries: [],
  });
  expect(failedFiles(first)).toEqual(["b.test.ts"]);
});

test("a file that ran again counts as it ended, and what passed only then is told", () => {
  const second: Report = {
    files: { "b.test.ts": { passed: 2, failures: [{ test: "term", error: "too early" }] } },
    failures: [],
  };
  expect(outcomeOf(first, second)).toEqual({
    passed: 5,
    failures: ["b.test.ts > term: too early"],
    secondTries: ["b.test.ts > kill: expected 1 to be 2"],
  });
});

test("a second run that died is a failure, and the first one's results stand", () => {
  const died = outcomeOf(first, { files: {}, failures: ["sandbox tests: no report"] });
  expect(died.failures).toHaveLength(3);
  expect(died.passed).toBe(4);
});
