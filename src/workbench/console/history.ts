import { readJson, type TextStorage } from "../../course/storage.ts";

/** The lines that were entered, walked with the arrow keys as at a shell's prompt. */
export interface InputHistory {
  add(line: string): void;
  /** The line before; the first one again at the beginning. */
  previous(current: string): string;
  /** The line after; at the end what was being typed. */
  next(): string;
}

/** Rises when the shape changes; a history of another version is not read. */
const VERSION = 1;

interface Options {
  /** Where the lines are kept; without one they are forgotten with the page. */
  storage?: TextStorage;
  key?: string;
  limit?: number;
}

export function createInputHistory({ storage, key = "", limit = 200 }: Options = {}): InputHistory {
  const lines = storage ? load(storage, key) : [];
  let at = lines.length;
  let draft = "";

  function save() {
    try {
      storage?.setItem(key, JSON.stringify({ version: VERSION, lines }));
    } catch {
      // Full or closed storage: the history lasts as long as the page.
    }
  }

  return {
    add(line) {
      if (line !== lines.at(-1)) lines.push(line);
      if (lines.length > limit) lines.shift();
      at = lines.length;
      save();
    },
    previous(current) {
      if (at === lines.length) draft = current;
      at = Math.max(0, at - 1);
      return lines[at] ?? draft;
    },
    next() {
      at = Math.min(lines.length, at + 1);
      return lines[at] ?? draft;
    },
  };
}

function load(storage: TextStorage, key: string): string[] {
  const stored = readJson(storage, key) as { version?: unknown; lines?: unknown } | null;
  if (stored?.version !== VERSION || !Array.isArray(stored.lines)) return [];
  return stored.lines.filter((line) => typeof line === "string");
}
