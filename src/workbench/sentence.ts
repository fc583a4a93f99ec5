/** An error as a sentence for the learner. */
export function sentence(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).trim();
  if (text === "") return "Something went wrong, and nothing says what.";
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** True for the error of something that was aborted. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
