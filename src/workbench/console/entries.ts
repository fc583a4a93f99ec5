import type { Evaluation, ShellAnswer } from "../../sandbox/sandbox.ts";

/** The two prompts of the panel. */
export type Language = "ruby" | "shell";

/** What was entered and what came of it; no answer yet while it runs. */
export interface Entry {
  id: number;
  code: string;
  language: Language;
  evaluation: Evaluation | null;
  shell: ShellAnswer | null;
}

const KEPT = 200;

/** The list with an entry at its end; the oldest are dropped. */
export function withEntry(entries: readonly Entry[], entry: Entry): Entry[] {
  return [...entries.filter(({ id }) => id !== entry.id), entry].slice(-KEPT);
}
