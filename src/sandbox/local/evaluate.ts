/** One entry at the console's prompt, which the learner may interrupt. */
import type { Evaluation } from "../sandbox.ts";
import { parseEvaluation } from "./kernel-messages.ts";
import type { ProcessRecord } from "./process-record.ts";
import type { ProcessTable } from "./process-table.ts";

/** Code that calls nobody cannot be interrupted; after this long (ms) its process is killed instead. */
const INTERRUPT_PATIENCE_MS = 1_000;

const RESTARTED =
  "Interrupted. The code never paused, so its console process was killed and a new one takes its " +
  "place: local variables are gone, everything else is as it was.";

export async function evaluateInConsole(
  console: ProcessRecord,
  code: string,
  processes: ProcessTable,
  signal?: AbortSignal,
): Promise<Evaluation> {
  let killed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const interrupt = () => {
    if (!console.alive) return;
    processes.signal(console.info.pid, "INT");
    timer = setTimeout(() => {
      killed = true;
      if (console.alive) processes.signal(console.info.pid, "KILL");
    }, INTERRUPT_PATIENCE_MS);
  };
  if (signal?.aborted) return ended("Interrupt", "Interrupted before it began.");
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    const { answer } = await console.ask({ type: "evaluate", code });
    return parseEvaluation(answer);
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
