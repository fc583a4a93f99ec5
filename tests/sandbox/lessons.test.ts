/** Every lesson is executed: starter, solution, each wrong answer, each Ruby block of its text. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { overlay, type FileTree } from "../../src/course/file-tree.ts";
import { lessonFolders, loadLesson } from "../../src/course/node/load-lesson.ts";
import type { CheckResult, Sandbox } from "../../src/sandbox/sandbox.ts";
import { rubyBlocks } from "./support/ruby-blocks.ts";
import { bootTestSandbox } from "./support/sandbox.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PLACES = { lessons: `${ROOT}lessons`, baseApp: `${ROOT}src/sandbox/base-app` };

const folders = await lessonFolders(PLACES);

test("there are lessons", () => {
  expect(folders.length).toBeGreaterThan(0);
});

for (const folder of folders) {
  const lesson = await loadLesson(folder, PLACES);
  const starter = overlay(lesson.base, lesson.app);
  const solved = overlay(starter, lesson.solution);
  const text = await readFile(`${PLACES.lessons}/${folder}/index.mdx`, "utf8");

  describe(lesson.slug, () => {
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await bootTestSandbox({ files: solved });
    });
    afterAll(() => sandbox.dispose());

    const check = (files: FileTree): Promise<CheckResult> => {
      sandbox.files.replace(files);
      return sandbox.check(lesson.check);
    };

    test("the starter fails its check, with a hint", async () => {
      const result = await check(starter);
      expect(result.error).toBeNull();
      expect(result.passed).toBe(false);
      expect(firstHint(result)).not.toBeNull();
    });

    test("the solution passes every test", async () => {
      const result = await check(solved);
      expect(result.tests.filter(({ status }) => status !== "passed")).toEqual([]);
      expect(result.passed).toBe(true);
    });

    test("there are wrong answers", () => {
      expect(lesson.wrong.length).toBeGreaterThanOrEqual(3);
    });

    test.each(lesson.wrong)("the wrong answer $name gets its hint", async ({ files, hint }) => {
      const result = await check(overlay(starter, files));
      expect(result.passed).toBe(false);
      expect(firstHint(result)).toBe(hint);
    });

    const blocks = rubyBlocks(text);
    test("its text shows Ruby", () => {
      expect(blocks.length).toBeGreaterThan(0);
    });

    test.each(blocks)(
      "the Ruby at line $line ($title) runs",
      async ({ title, code, skipReason }) => {
        if (skipReason !== null) return console.log(`Not run: ${title}: ${skipReason}`);
        if (title === "console") return runInConsole(sandbox, solved, code);
        const path = title;
        const file = solved[path];
        if (typeof file === "string" && file.includes(code.trim())) return;
        // A part of a file, or another version of it: it must be Ruby that this app can load.
        sandbox.files.replace(overlay(solved, { [path]: code }));
        const { error } = await sandbox.evaluate(`load ${JSON.stringify(`/workspace/${path}`)}`);
        expect(error).toBeNull();
      },
    );
  });
}

async function runInConsole(sandbox: Sandbox, files: FileTree, code: string): Promise<void> {
  sandbox.files.replace(files);
  const { error } = await sandbox.evaluate(code);
  expect(error).toBeNull();
}

function firstHint(result: CheckResult): string | null {
  return result.tests.find(({ hint }) => hint !== null)?.hint ?? null;
}
