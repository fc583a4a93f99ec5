import type { SourceLocation } from "../../sandbox/sandbox.ts";

/** One line of a backtrace. */
export interface Frame {
  text: string;
  /** Set where it lies in the learner's files. */
  place: SourceLocation | null;
  method: string | null;
}

const FRAME = /^((?:app|config|lib|test|db)\/[^:]+):(\d+)(?::in [`'](.+)')?/;

export function parseFrame(text: string): Frame {
  const [, path, line, method] = FRAME.exec(text) ?? [];
  if (!path || !line) return { text, place: null, method: null };
  return { text, place: { path, line: Number(line) }, method: method ?? null };
}

/** The first frame of a backtrace that lies in the learner's files. */
export function firstFrame(backtrace: readonly string[] | null): SourceLocation | null {
  for (const text of backtrace ?? []) {
    const { place } = parseFrame(text);
    if (place) return place;
  }
  return null;
}
