import type { ReadingSource } from "../../course/experiment-schema.ts";
import type { Last } from "./actions.ts";
import type { StepHost } from "./run-step.ts";

/**
 * Takes one reading: a Ruby value as `inspect` prints it, or what the last action gave.
 * @throws Error with Ruby's message where the expression raises
 */
export async function read(
  source: ReadingSource,
  { sandbox }: StepHost,
  last: Last,
  signal: AbortSignal,
): Promise<string> {
  if (source.last) return last[source.last] ?? "";
  const { result, error } = await sandbox.evaluate(source.ruby ?? "nil", signal);
  if (error) throw new Error(`${error.className}: ${error.message}`);
  return result ?? "";
}
