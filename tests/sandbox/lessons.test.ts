/** Every lesson is executed: starter, solution, each wrong answer, each Ruby block of its text. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { overlay, type FileTree } from "../../src/course/file-tree.ts";
import { lessonFolders, loadLesson } from "../../src/course/node/load-lesson.ts";
import type { CheckResult, Sandbox } from "../../src/sandbox/sandbox.ts";
import { disappointed } from "../../src/course/expectation.ts";
import { runStep } from "../../src/workbench/experiment/run-step.ts";
import { rubyBlocks } from "./support/ruby-blocks.ts";
import { bootTestSandbox } from "./support/sandbox.ts";
import type { Step } from "../../src/course/experiment-schema.ts";
import type { LessonSource } from "../../src/course/lesson.ts";
import type { StepRun } from "../../src/course/step-runs.ts";
import type { StepHost } from "../../src/workbench/experiment/run-step.ts";
import { present } from "./support/stream.ts";

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

    const steps = Object.entries(lesson.experiment.steps);
    test.runIf(steps.length > 0)("its experiment shows what the text states", async () => {
      const shown = await runExperiment(lesson, { starter, solved });
      expect(shown).toEqual([]);
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

/** Runs all steps in their order, as a learner would. Returns what was not as stated. */
async function runExperiment(
  lesson: LessonSource,
  files: { starter: FileTree; solved: FileTree },
): Promise<string[]> {
  const sandbox = await bootTestSandbox({
    files: files.starter,
    processes: [{ kind: "web" }, { kind: "jobs" }],
  });
  const disappointments: string[] = [];
  try {
    let laid = files.starter;
    for (const [name, step] of Object.entries(lesson.experiment.steps)) {
      if (step.on === "solution") sandbox.files.replace((laid = files.solved));
      const host: StepHost = {
        sandbox,
        open: (path) => expect(Object.keys(laid), `${name} opens a file`).toContain(path),
        show: () => undefined,
        useFiles: (variant) =>
          sandbox.files.replace((laid = overlay(laid, present(lesson.variants[variant], variant)))),
        flush: () => undefined,
      };
      const run = await runStep(step, host, new AbortController().signal);
      disappointments.push(...compare(name, step, run));
    }
  } finally {
    await sandbox.dispose();
  }
  return disappointments;
}

function compare(name: string, step: Step, run: StepRun): string[] {
  const found = run.problem === null ? [] : [`${name} stopped: ${run.problem}`];
  for (const [value, { expect: expected }] of Object.entries(step.shows)) {
    const complaint = expected && disappointed(run.readings[value] ?? "nothing", expected);
    if (complaint) found.push(`${name}: ${value} ${complaint}`);
  }
  if (step.outcome && run.outcome !== step.outcome.expect) {
    found.push(`${name}: the outcome was ${run.outcome}, expected ${step.outcome.expect}`);
  }
  return found;
}
