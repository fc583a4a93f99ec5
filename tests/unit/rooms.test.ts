import { globSync, readFileSync } from "node:fs";
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

// ESLint does not read them.
test("no Astro file imports what its room may not", () => {
  const files = globSync("src/**/*.astro");
  expect(files.length).toBeGreaterThan(20);
  const found = files.flatMap((file) => {
    const imports = readFileSync(file, "utf8").matchAll(/(?:from|import\(?)\s*"([^"]+)"/g);
    return [...imports].flatMap(([, specifier = ""]) => forbiddenImport(file, specifier) ?? []);
  });
  expect(found).toEqual([]);
});
