import { isRecord, readJson, type TextStorage } from "./storage.ts";

/** What the learner has done, by lesson slug. */
export interface Progress {
  /** Lessons whose check has passed. */
  passed: string[];
}

const VERSION = 1;
const KEY = "perform-later:progress";

/** The stored progress. Damaged or unknown data counts as none. */
export function loadProgress(storage: TextStorage): Progress {
  const stored = readJson(storage, KEY);
  if (!isRecord(stored) || stored["version"] !== VERSION || !Array.isArray(stored["passed"])) {
    return { passed: [] };
  }
  return { passed: stored["passed"].filter((slug) => typeof slug === "string") };
}

/** Notes that a lesson's check has passed. */
export function markPassed(storage: TextStorage, slug: string): Progress {
  const { passed } = loadProgress(storage);
  const progress = { passed: [...new Set([...passed, slug])].sort() };
  try {
    storage.setItem(KEY, JSON.stringify({ version: VERSION, ...progress }));
  } catch {
    // A full or closed storage costs the learner the mark, not the lesson.
  }
  return progress;
}
