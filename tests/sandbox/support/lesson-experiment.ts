/** A lesson's experiment: run as a learner would, and what it leaves for the exercise. */
import { expect } from "vitest";
import { disappointed } from "../../../src/course/expectation.ts";
import type { Step } from "../../../src/course/experiment-schema.ts";
import { overlay, type FileTree } from "../../../src/course/file-tree.ts";
import type { LessonSource } from "../../../src/course/lesson.ts";
import type { StepRun } from "../../../src/course/step-runs.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { runStep, type StepHost } from "../../../src/workbench/experiment/run-step.ts";
import { present } from "./stream.ts";

/** The learner's files when all steps before the exercise have run. */
export function leftByExperiment(
  { experiment, variants }: LessonSource,
  starter: FileTree,
): FileTree {
  const steps = Object.values(experiment.steps);
  const after = steps.findIndex((step) => step.on === "solution");
  const names = (after < 0 ? steps : steps.slice(0, after))
    .flatMap((step) => step.do)
    .flatMap((action) => ("files" in action ? [action.files] : []));
  return overlay(starter, ...names.map((name) => present(variants[name], name)));
}

/** Runs all steps in their order, as a learner would. Returns what was not as stated. */
export async function runExperiment(
  sandbox: Sandbox,
  lesson: LessonSource,
  files: { starter: FileTree; solved: FileTree },
): Promise<string[]> {
  const disappointments: string[] = [];
  let laid = files.starter;
  for (const [name, step] of Object.entries(lesson.experiment.steps)) {
    if (step.on === "solution") sandbox.files.replace((laid = files.solved));
    const host: StepHost = {
      sandbox,
      open: (path) => expect(Object.keys(laid), `${name} opens a file`).toContain(path),
      show: () => undefined,
      useFiles: (variant) =>
        sandbox.files.replace((laid = overlay(laid, present(lesson.variants[variant], variant)))),
      cancelRestarts: () => Promise.resolve(),
      flush: () => undefined,
    };
    const run = await runStep(step, host, new AbortController().signal);
    disappointments.push(...compare(name, step, run));
  }
  return disappointments;
}

function compare(name: string, step: Step, run: StepRun): string[] {
  const found = run.problem === null ? [] : [`${name} stopped: ${run.problem}`];
  for (const [value, reading] of Object.entries(step.shows)) {
    const complaint = disappointed(run.readings[value] ?? "nothing", reading);
    if (complaint) found.push(`${name}: ${value} ${complaint}`);
  }
  if (step.outcome && run.outcome !== step.outcome.expect) {
    found.push(`${name}: the outcome was ${run.outcome}, expected ${step.outcome.expect}`);
  }
  return found;
}
