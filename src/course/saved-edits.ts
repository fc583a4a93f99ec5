import type { FileTree } from "./file-tree.ts";
import { isRecord, readJson, type TextStorage } from "./storage.ts";

/** The learner's changed files of a lesson, by path: their text, or null where the file was deleted. */
export type Edits = Record<string, string | null>;

const VERSION = 1;
const key = (slug: string) => `perform-later:edits:${slug}`;

/** The saved edits of a lesson: survive a reload. Damaged or unknown data counts as none. */
export function loadEdits(storage: TextStorage, slug: string): Edits {
  const stored = readJson(storage, key(slug));
  if (!isRecord(stored) || stored["version"] !== VERSION || !isRecord(stored["files"])) return {};
  const files = Object.entries(stored["files"]);
  return Object.fromEntries(
    files.filter(
      (entry): entry is [string, string | null] =>
        typeof entry[1] === "string" || entry[1] === null,
    ),
  );
}

/**
 * Saves the edits of a lesson.
 * @returns false when the browser refused, for example because its storage is full
 */
export function saveEdits(storage: TextStorage, slug: string, edits: Edits): boolean {
  try {
    if (Object.keys(edits).length === 0) storage.removeItem(key(slug));
    else storage.setItem(key(slug), JSON.stringify({ version: VERSION, files: edits }));
    return true;
  } catch {
    return false;
  }
}

/** Kept edits, but for deletions of files that the lesson does not have any more: they are as it gives them. */
export function stillMeant(kept: Edits, given: FileTree): Edits {
  return Object.fromEntries(
    Object.entries(kept).filter(([path, text]) => text !== null || path in given),
  );
}

/** The app with the learner's edits laid over it: changed files replaced, deleted ones left out. */
export function applyEdits(files: FileTree, edits: Edits): FileTree {
  const merged: Record<string, string | Uint8Array | null> = { ...files, ...edits };
  const kept = Object.entries(merged).filter(
    (entry): entry is [string, string | Uint8Array] => entry[1] !== null,
  );
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}
