import { signal, type Signal } from "@preact/signals";
import type { SyntaxProblem } from "./syntax/problems.ts";

/** What the editor tells the line at its foot. */
export interface EditorState {
  /** Where the cursor stands, from 1. */
  cursor: Signal<{ line: number; column: number }>;
  /** What the parser says about the file in sight; null while it has not been asked, or cannot be. */
  problems: Signal<readonly SyntaxProblem[] | null>;
  /** Escape was pressed: Tab leaves the editor, once. */
  tabLeaves: Signal<boolean>;
}

export function createEditorState(): EditorState {
  return {
    cursor: signal({ line: 1, column: 1 }),
    problems: signal<readonly SyntaxProblem[] | null>(null),
    tabLeaves: signal(false),
  };
}
