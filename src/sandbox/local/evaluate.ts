/** One entry at the console's prompt, which the learner may interrupt. */
import type { Evaluation } from "../sandbox.ts";
import { parseEvaluation } from "./kernel-messages.ts";
import type { ProcessRecord } from "./process-record.ts";
import type { ProcessTable } from "./process-table.ts";

/** Code that calls nobody cannot be interrupted; after this long (ms) its process is killed instead. */
const INTERRUPT_PATIENCE_MS = 1_000;

const NOT_BEGUN = "Interrupted before it began.";
const RESTARTED =
  "Interrupted. The code never paused, so its console process was killed and a new one takes its " +
  "place: local variables are gone, everything else is as it was.";

/** @param signal interrupts this entry alone: taken back while it waits, INT while it runs, nothing after */
export async function evaluateInConsole(
  console: ProcessRecord,
  code: string,
  processes: ProcessTable,
  signal?: AbortSignal,
): Promise<Evaluation> {
  if (signal?.aborted) return ended("Interrupt", NOT_BEGUN);
  const id = console.nextId();
  const withdrawn = Promise.withResolvers<Evaluation>();
  let killed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const interrupt = () => {
    if (!console.alive) return;
    if (console.withdraw(id)) return withdrawn.resolve(ended("Interrupt", NOT_BEGUN));
    console.interrupted = id;
    processes.signal(console.info.pid, "INT");
    timer = setTimeout(() => {
      killed = true;
      if (console.alive) processes.signal(console.info.pid, "KILL");
    }, INTERRUPT_PATIENCE_MS);
  };
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    const answered = console.ask({ type: "evaluate", code }, [], id);
    const evaluated = answered.then(({ answer }) => parseEvaluation(answer));
    return await Promise.race([withdrawn.promise, evaluated]);
  } catch (error) {
    return killed ? ended("Interrupt", RESTARTED) : ended("ProcessEnded", (error as Error).message);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", interrupt);
  }
}

function ended(className: string, message: string): Evaluation {
  return { output: "", result: null, error: { className, message, backtrace: [], location: null } };
}
