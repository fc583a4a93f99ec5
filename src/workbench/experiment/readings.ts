import type { ReadingSource } from "../../course/experiment-schema.ts";
import type { Mail, SandboxLogs } from "../../sandbox/sandbox.ts";
import type { Last } from "./actions.ts";
import type { StepHost } from "./run-step.ts";

/**
 * Takes one reading: a Ruby value as `inspect` prints it, what the last action gave, of the mails or
 * of the log.
 * @throws Error with Ruby's message where the expression raises
 */
export async function read(
  source: ReadingSource,
  { sandbox }: StepHost,
  last: Last,
  signal: AbortSignal,
): Promise<string> {
  if (source.last) return last[source.last] ?? "";
  if (source.log) return newestLine(sandbox.logs, source.log) ?? "";
  if (source.mail) return ofMails(source.mail, sandbox.mails());
  const { result, error } = await sandbox.evaluate(source.ruby ?? "nil", signal);
  if (error) throw new Error(`${error.className}: ${error.message}`);
  return result ?? "";
}

/** Of the newest line that matches: the pattern's first group, or all that matched. */
export function newestLine(logs: Pick<SandboxLogs, "history">, pattern: string): string | null {
  const expression = new RegExp(pattern);
  const line = logs.history().findLast(({ text }) => expression.test(text));
  const [matched, group] = line ? (expression.exec(line.text) ?? []) : [];
  return group ?? matched ?? null;
}

function ofMails(what: NonNullable<ReadingSource["mail"]>, mails: readonly Mail[]): string {
  const newest = mails.at(-1);
  if (what === "count") return String(mails.length);
  if (what === "to") return newest?.to.join(", ") ?? "";
  return newest?.[what] ?? "";
}
