import { isRecord, readJson, type TextStorage } from "../../course/storage.ts";
import type { Edits } from "../../course/saved-edits.ts";

/** A change of files that the learner can take back. */
export interface RestorePoint {
  /** What was done, as a sentence. */
  label: string;
  /** The edits of the files that it touched, as they were; absent keys had none. */
  before: Edits;
  /** All files that it touched. */
  paths: readonly string[];
}

/** So many changes can be taken back, newest first. */
const KEPT = 20;
const VERSION = 1;
const key = (slug: string) => `perform-later:taken-back:${slug}`;

export function withPoint(points: readonly RestorePoint[], point: RestorePoint): RestorePoint[] {
  return [point, ...points].slice(0, KEPT);
}

/** The changes of a lesson that can still be taken back; they survive a reload. */
export function loadPoints(storage: TextStorage, slug: string): RestorePoint[] {
  const stored = readJson(storage, key(slug));
  if (!isRecord(stored) || stored["version"] !== VERSION) return [];
  const points = stored["points"];
  return Array.isArray(points) ? points.filter(isPoint).slice(0, KEPT) : [];
}

/** Keeps them where the browser has room; where it has not, they last as long as the page. */
export function savePoints(
  storage: TextStorage,
  slug: string,
  points: readonly RestorePoint[],
): void {
  try {
    if (points.length === 0) storage.removeItem(key(slug));
    else storage.setItem(key(slug), JSON.stringify({ version: VERSION, points }));
  } catch {
    // See above.
  }
}

function isPoint(value: unknown): value is RestorePoint {
  return (
    isRecord(value) &&
    typeof value["label"] === "string" &&
    Array.isArray(value["paths"]) &&
    value["paths"].every((path) => typeof path === "string") &&
    isRecord(value["before"]) &&
    Object.values(value["before"]).every((text) => typeof text === "string" || text === null)
  );
}
