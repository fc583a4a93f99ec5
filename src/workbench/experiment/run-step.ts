import type { Step } from "../../course/experiment-schema.ts";
import type { StepRun } from "../../course/step-runs.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { isAbort, sentence } from "../sentence.ts";
import { perform, type Last } from "./actions.ts";
import { doing } from "./doing.ts";
import { read } from "./readings.ts";

/** What a step acts on: the sandbox, and the workbench's view of it. */
export interface StepHost {
  sandbox: Pick<Sandbox, "evaluate" | "fetch" | "processes" | "clock" | "queue" | "mails" | "logs">;
  /** Shows a file of the app; `line` is null for none in particular. */
  open(path: string, line: number | null): void;
  /** Shows a panel, by its name. */
  show(panel: string): void;
  /** Lays the lesson's variant of that name over the learner's files. */
  useFiles(variant: string): void;
  /**
   * Calls off the restarts of the process of that name, or of all of that kind. Resolves when no successor is starting
   * any more.
   */
  cancelRestarts(nameOrKind: string): Promise<void>;
  /** Writes now what the learner has typed. */
  flush(): void;
}

/**
 * Runs a step's actions in order, then takes its readings. What goes wrong stands in the run's
 * `problem`.
 * @param tell is told what the step is doing, as words for the learner
 * @throws the signal's reason when it is aborted
 */
export async function runStep(
  step: Step,
  host: StepHost,
  signal: AbortSignal,
  tell: (words: string) => void = () => {},
): Promise<StepRun> {
  const run: StepRun = { readings: {}, outcome: null, problem: null };
  try {
    host.flush();
    let last: Last = {};
    for (const action of step.do) {
      const words = doing(action);
      if (words !== null) tell(words);
      last = { ...last, ...(await perform(action, host, signal)) };
    }
    tell("Reading what came of it");
    for (const [name, reading] of Object.entries(step.shows)) {
      run.readings[name] = await read(reading, host, last, signal);
    }
    if (step.outcome) run.outcome = word(await read(step.outcome, host, last, signal));
  } catch (error) {
    if (signal.aborted || isAbort(error)) throw error;
    run.problem = sentence(error);
  }
  return run;
}

/** `:fails` and `"fails"`, as Ruby prints them, are the word `fails`. */
function word(text: string): string {
  return text.replace(/^:|^"|"$/g, "");
}
