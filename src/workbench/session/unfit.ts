/** A start that the learner's own files prevent: the way to the editor, where they can be mended. */
import type { ProcessStartError, SourceLocation } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";

/** Why no process could start with the learner's files. */
export interface Unfit {
  /** A sentence. */
  reason: string;
  /** The line to mend; null where none is known. */
  place: SourceLocation | null;
}

export function unfitOf(error: ProcessStartError): Unfit {
  return { reason: sentence(error), place: error.error?.location ?? null };
}
