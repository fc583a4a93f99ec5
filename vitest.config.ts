import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Minutes each: begun last, they would leave a processor without work. */
const LONGEST = /\/tests\/(sandbox\/lessons-\d|e2e\/(experiments|site))\.test\.ts$/;

/** `expect.poll` ends as soon as it sees what it waits for; Vitest's own second is short for a busy machine. */
const PATIENT = { poll: { timeout: 30_000 } };

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) => LONGEST.test(moduleId);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          environment: "node",
          // No test is about speed: a busy machine must not fail one.
          testTimeout: 60_000,
          environmentOptions: {
            happyDOM: { settings: { handleDisabledFileLoadingAsSuccess: true } },
          },
        },
      },
      {
        test: {
          name: "sandbox",
          expect: PATIENT,
          include: ["tests/sandbox/**/*.test.ts"],
          environment: "node",
          // It remembers its one container for a page's life: tests want a fresh page.
          server: { deps: { inline: ["@webcontainer/api"] } },
          testTimeout: 120_000,
          hookTimeout: 180_000,
          pool: "forks",
          // Three for two processors: one alone leaves its processor idle while it waits.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: "e2e",
          expect: PATIENT,
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/e2e/support/setup.ts"],
          environment: "node",
          // A walk through a whole lesson takes about a minute on a quiet machine.
          testTimeout: 300_000,
          hookTimeout: 180_000,
          pool: "forks",
          // Each file has a browser of its own.
          maxWorkers: 2,
        },
      },
    ],
  },
});
