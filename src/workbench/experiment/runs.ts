import { signal } from "@preact/signals";
import { loadStepRuns, saveStepRuns, type StepRun, type StepRuns } from "../../course/step-runs.ts";
import type { TextStorage } from "../../course/storage.ts";

/** The runs of the page's experiment: shared by its buttons, its predictions and its tables. */
export const stepRuns = signal<StepRuns>({});

/** Brings back what an earlier visit to this lesson has run. */
export function restoreStepRuns(storage: TextStorage, slug: string): void {
  stepRuns.value = loadStepRuns(storage, slug);
}

/** Keeps a step's newest run. */
export function keepStepRun(storage: TextStorage, slug: string, name: string, run: StepRun): void {
  stepRuns.value = { ...stepRuns.value, [name]: run };
  saveStepRuns(storage, slug, stepRuns.value);
}
