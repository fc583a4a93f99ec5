/**
 * Executes a lesson: its experiment, the Ruby of its text, and its check on the starter, the solution
 * and each other answer, right or wrong. One sandbox serves all; each check has fresh processes of its own.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changedPaths, overlay, type FileTree } from "../../../src/course/file-tree.ts";
import type { LessonSource } from "../../../src/course/lesson.ts";
import type { CheckResult, Sandbox } from "../../../src/sandbox/sandbox.ts";
import { leftByExperiment, runExperiment } from "./lesson-experiment.ts";
import { rubyBlocks, type RubyBlock } from "./ruby-blocks.ts";
import { bootTestSandbox } from "./sandbox.ts";

/** What is told first decides what a learner reads: the tests after it need not run. */
const STOP_AT_HINT = "Sandbox::Check::Run.stop_at_hint = true; ";

/** @param text the lesson's MDX */
export function proveLesson(lesson: LessonSource, text: string): void {
  const starter = overlay(lesson.base, lesson.app);
  const solved = overlay(starter, lesson.solution);

  describe(lesson.slug, { concurrent: false }, () => {
    let sandbox: Sandbox;
    beforeAll(async () => {
      const processes = [{ kind: "web" as const }, { kind: "jobs" as const }];
      sandbox = await bootTestSandbox({ files: starter, processes });
    });
    afterAll(() => sandbox.dispose());

    const steps = Object.entries(lesson.experiment.steps);
    test.runIf(steps.length > 0)("its experiment shows what the text states", async () => {
      expect(await runExperiment(sandbox, lesson, { starter, solved })).toEqual([]);
    });

    const blocks = rubyBlocks(text);
    test("its text shows Ruby", () => {
      expect(blocks.length).toBeGreaterThan(0);
    });

    test.each(blocks)("the Ruby at line $line ($title) runs", async (block) => {
      await end(sandbox, "jobs"); // the text says when a worker runs
      await runBlock(sandbox, solved, block);
    });

    const check = async (files: FileTree, source = lesson.check): Promise<CheckResult> => {
      await end(sandbox);
      sandbox.files.replace(files);
      return sandbox.check(source);
    };

    test("the starter fails its check, with a hint", async () => {
      const result = await check(starter, STOP_AT_HINT + lesson.check);
      expect(result.error).toBeNull();
      expect(result.passed).toBe(false);
      expect(firstHint(result)).not.toBeNull();
    });

    const left = leftByExperiment(lesson, starter);
    const concerned = changedPaths(starter, left).some((path) => path in lesson.solution);
    test.runIf(concerned)("what the experiment leaves is no answer yet", async () => {
      const result = await check(left, STOP_AT_HINT + lesson.check);
      expect(result.passed).toBe(false);
      expect(firstHint(result)).not.toBeNull();
    });

    const passes = async (files: FileTree): Promise<void> => {
      const result = await check(files);
      expect(result.error).toBeNull();
      expect(result.tests.filter(({ status }) => status !== "passed")).toEqual([]);
      expect(result.passed).toBe(true);
    };

    test("the solution passes every test", () => passes(solved));

    test.for(lesson.right)("the right answer $name passes every test", ({ files }) =>
      passes(overlay(starter, files)),
    );

    test.each(lesson.wrong)("the wrong answer $name gets its hint", async ({ files, hint }) => {
      const result = await check(overlay(starter, files), STOP_AT_HINT + lesson.check);
      expect(result.error).toBeNull();
      expect(result.passed).toBe(false);
      expect(firstHint(result)).toBe(hint);
    });
  });
}

/** Ends the processes of that kind, or all. */
async function end({ processes }: Sandbox, kind?: "jobs"): Promise<void> {
  const living = processes
    .list()
    .filter(({ status, kind: its }) => status !== "exited" && (kind ?? its) === its);
  for (const { pid } of living) processes.signal(pid, "KILL");
  await Promise.all(living.map(({ pid }) => processes.wait(pid)));
}

async function runBlock(sandbox: Sandbox, solved: FileTree, block: RubyBlock): Promise<void> {
  const { title: path, code, skipReason } = block;
  if (skipReason !== null) return console.log(`Not run: ${path}: ${skipReason}`);
  if (path === "console") return runInConsole(sandbox, solved, code);
  const file = solved[path];
  if (typeof file === "string" && file.includes(code.trim())) return;
  // A part of a file, or another version of it: it must be Ruby that this app can load.
  sandbox.files.replace(overlay(solved, { [path]: code }));
  const { error } = await sandbox.evaluate(`load ${JSON.stringify(`/workspace/${path}`)}`);
  expect(error).toBeNull();
}

async function runInConsole(sandbox: Sandbox, files: FileTree, code: string): Promise<void> {
  sandbox.files.replace(files);
  const { error } = await sandbox.evaluate(code);
  expect(error).toBeNull();
}

function firstHint(result: CheckResult): string | null {
  return result.tests.find(({ hint }) => hint !== null)?.hint ?? null;
}
