import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
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
          include: ["tests/sandbox/**/*.test.ts"],
          environment: "node",
          // It remembers its one container for a page's life: tests want a fresh page.
          server: { deps: { inline: ["@webcontainer/api"] } },
          testTimeout: 120_000,
          hookTimeout: 180_000,
          pool: "forks",
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/e2e/support/setup.ts"],
          environment: "node",
          // A walk through a whole lesson takes about a minute on a quiet machine.
          testTimeout: 300_000,
          hookTimeout: 180_000,
          pool: "forks",
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
