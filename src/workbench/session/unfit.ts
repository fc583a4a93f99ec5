/** A start that the learner's own files prevent: the way to the editor, where they can be mended. */
import type { Edits } from "../../course/saved-edits.ts";
import type { Sandbox, SourceLocation } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";

/** Why no process could start with the learner's files. */
export interface Unfit {
  /** A sentence. */
  reason: string;
  /** The line that it names; null where it names none. */
  place: SourceLocation | null;
}

const PLACE = /\b((?:app|config|db|lib)\/[\w./-]+\.\w+)(?:, line |:)(\d+)/;

export function unfitOf(error: Error): Unfit {
  const reason = sentence(error);
  const [, path, line] = PLACE.exec(reason) ?? [];
  return { reason, place: path && line ? { path, line: Number(line) } : null };
}

/** Writes the learner's files over those with which the sandbox booted, as if they were edited now. */
export function layOver({ files }: Pick<Sandbox, "files">, edits: Edits): void {
  const changes = Object.entries(edits);
  // Files that go make room for folders of their name.
  for (const [path, text] of changes) if (text === null) files.delete(path);
  for (const [path, text] of changes) if (text !== null) files.write(path, text);
}
