import { expect, test } from "vitest";
import { forbiddenImport } from "../../scripts/eslint/rooms.ts";

test.each([
  ["src/sandbox/local/browser.ts", "../protocol.ts"],
  ["src/workbench/session/bench.ts", "../../sandbox/sandbox.ts"],
  ["src/workbench/session/browser.ts", "../../sandbox/local/browser.ts"],
  ["src/workbench/session/bench.ts", "preact"],
])("%s may import %s", (file, specifier) => {
  expect(forbiddenImport(file, specifier)).toBeNull();
});

test.each([
  ["src/sandbox/local/browser.ts", "../../course/file-tree.ts"],
  ["src/course/lesson.ts", "../sandbox/sandbox.ts"],
  ["src/workbench/session/bench.ts", "../../sandbox/protocol.ts"],
  ["src/components/lessons.ts", "../sandbox/sandbox.ts"],
])("%s may not import %s", (file, specifier) => {
  expect(forbiddenImport(file, specifier)).toContain("Rooms");
});
