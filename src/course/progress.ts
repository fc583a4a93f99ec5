import { isRecord, readJson, type TextStorage } from "./storage.ts";

/** What the learner has done in one lesson. */
export interface LessonProgress {
  /** Its check has passed once. */
  exercise: boolean;
  /** Questions of its quiz that were answered right, by their place on the page (0, 1, ...), sorted. */
  quiz: readonly number[];
}

/** What the learner has done, as it is kept in their browser. */
export interface Progress {
  /** By lesson slug; only lessons that were opened. */
  lessons: Readonly<Record<string, LessonProgress>>;
  /** The lesson opened last, to resume there. */
  last: string | null;
}

/** `done` once the exercise has passed; `started` once the lesson was opened. */
export type LessonState = "new" | "started" | "done";

/** The text to import is not an exported progress. The message is for the learner. */
export class ProgressImportError extends Error {
  override name = "ProgressImportError";
}

const VERSION = 2;
const KEY = "perform-later:progress";
const NOTHING: Progress = { lessons: {}, last: null };
const UNTOUCHED: LessonProgress = { exercise: false, quiz: [] };

const listeners = new Set<(progress: Progress) => void>();

/** The stored progress. Damaged or unknown data counts as none. */
export function loadProgress(storage: TextStorage): Progress {
  return parseProgress(readJson(storage, KEY)) ?? NOTHING;
}

export function lessonState(progress: Progress, slug: string): LessonState {
  const lesson = progress.lessons[slug];
  if (!lesson) return "new";
  return lesson.exercise ? "done" : "started";
}

/** Notes that a lesson was opened. */
export function markOpened(storage: TextStorage, slug: string): Progress {
  return change(storage, slug, (lesson) => lesson);
}

/** Notes that a lesson's check has passed. */
export function markPassed(storage: TextStorage, slug: string): Progress {
  return change(storage, slug, (lesson) => ({ ...lesson, exercise: true }));
}

/** Notes that a question of a lesson's quiz was answered right. */
export function markAnswered(storage: TextStorage, slug: string, question: number): Progress {
  return change(storage, slug, (lesson) => ({
    ...lesson,
    quiz: [...new Set([...lesson.quiz, question])].sort((a, b) => a - b),
  }));
}

/** Forgets everything. */
export function resetProgress(storage: TextStorage): Progress {
  return keep(storage, NOTHING);
}

/** The progress as text for a file: JSON with a version. */
export function exportProgress(storage: TextStorage): string {
  return JSON.stringify({ version: VERSION, ...loadProgress(storage) }, null, 2);
}

/**
 * Replaces the progress by an exported one.
 * @throws {ProgressImportError} when the text is not one; nothing is changed then
 */
export function importProgress(storage: TextStorage, text: string): Progress {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProgressImportError("This file is not a saved progress: it is not JSON.");
  }
  const progress = parseProgress(value);
  if (!progress) {
    throw new ProgressImportError(
      "This file is not a saved progress, or it is damaged. Nothing was changed.",
    );
  }
  return keep(storage, progress);
}

/** Calls the listener after every change made on this page. Returns how to stop that. */
export function onProgress(listener: (progress: Progress) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(
  storage: TextStorage,
  slug: string,
  edit: (lesson: LessonProgress) => LessonProgress,
): Progress {
  const { lessons } = loadProgress(storage);
  const lesson = edit(lessons[slug] ?? UNTOUCHED);
  return keep(storage, { lessons: { ...lessons, [slug]: lesson }, last: slug });
}

function keep(storage: TextStorage, progress: Progress): Progress {
  try {
    storage.setItem(KEY, JSON.stringify({ version: VERSION, ...progress }));
  } catch {
    // A full or closed storage costs the learner the mark, not the lesson.
  }
  for (const listener of listeners) listener(progress);
  return progress;
}

function parseProgress(value: unknown): Progress | null {
  if (!isRecord(value)) return null;
  if (value["version"] === 1) return fromVersion1(value["passed"]);
  const { version, lessons, last } = value;
  if (version !== VERSION || !isRecord(lessons)) return null;
  const entries = Object.entries(lessons);
  if (!entries.every((entry): entry is [string, LessonProgress] => isLesson(entry[1]))) return null;
  return { lessons: Object.fromEntries(entries), last: typeof last === "string" ? last : null };
}

/** Version 1 knew only the slugs of the lessons whose check had passed. */
function fromVersion1(passed: unknown): Progress | null {
  if (!Array.isArray(passed)) return null;
  const slugs = passed.filter((slug) => typeof slug === "string");
  const lessons = slugs.map((slug) => [slug, { ...UNTOUCHED, exercise: true }] as const);
  return { lessons: Object.fromEntries(lessons), last: null };
}

function isLesson(value: unknown): value is LessonProgress {
  return (
    isRecord(value) &&
    typeof value["exercise"] === "boolean" &&
    Array.isArray(value["quiz"]) &&
    value["quiz"].every((question) => Number.isInteger(question))
  );
}
