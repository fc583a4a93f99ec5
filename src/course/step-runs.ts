import { isRecord, readJson, type TextStorage } from "./storage.ts";

/** What one run of an experiment's step gave, on the learner's machine. */
export interface StepRun {
  /** Values by the names in `experiment.yml`, as text. */
  readings: Record<string, string>;
  /** What happened, in a word; null where the step names none. */
  outcome: string | null;
  /** Why it stopped before its end, as a sentence; null when it did not. */
  problem: string | null;
}

/** The newest run of each step, by the step's name. */
export type StepRuns = Record<string, StepRun>;

const VERSION = 1;
const key = (slug: string) => `perform-later:runs:${slug}`;

/** The stored runs of a lesson's steps. Damaged or unknown data counts as none. */
export function loadStepRuns(storage: TextStorage, slug: string): StepRuns {
  const stored = readJson(storage, key(slug));
  if (!isRecord(stored) || stored["version"] !== VERSION || !isRecord(stored["runs"])) return {};
  return Object.fromEntries(
    Object.entries(stored["runs"]).filter((entry): entry is [string, StepRun] => isRun(entry[1])),
  );
}

/** Stores the runs; a full or closed storage costs the learner the memory of them, not the lesson. */
export function saveStepRuns(storage: TextStorage, slug: string, runs: StepRuns): void {
  try {
    storage.setItem(key(slug), JSON.stringify({ version: VERSION, runs }));
  } catch {
    // See above.
  }
}

function isRun(value: unknown): value is StepRun {
  return (
    isRecord(value) &&
    isRecord(value["readings"]) &&
    Object.values(value["readings"]).every((text) => typeof text === "string") &&
    (value["outcome"] === null || typeof value["outcome"] === "string") &&
    (value["problem"] === null || typeof value["problem"] === "string")
  );
}
