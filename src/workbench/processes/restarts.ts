import { signal, type ReadonlySignal } from "@preact/signals";
import type { ProcessInfo, SandboxProcesses } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";
import type { Power } from "./power.ts";

/** One restart, from the TERM until its successor runs. */
export interface Restart {
  /** Of the process that is to end. */
  pid: number;
  name: string;
  step: "ending" | "starting" | "done" | "failed";
  /** What happens, or why it did not, as a sentence. */
  words: string;
}

/** Ends processes as a deploy does, and starts their successors with the same options. */
export interface Restarts {
  /** Those under way, and the last that has ended; in the order of their starts. */
  all: ReadonlySignal<readonly Restart[]>;
  /** Resolves when the successor runs, or will not. A second call for the same process does nothing. */
  restart(process: ProcessInfo): Promise<void>;
}

export function createRestarts(processes: () => SandboxProcesses, power: Power): Restarts {
  const all = signal<readonly Restart[]>([]);
  const isUnderWay = ({ step }: Restart) => step === "ending" || step === "starting";

  function tell({ pid, name }: ProcessInfo, step: Restart["step"], words: string) {
    const told = { pid, name, step, words };
    const known = all.value.some((each) => each.pid === pid);
    all.value = known
      ? all.value.map((each) => (each.pid === pid ? told : each))
      : [...all.value.filter(isUnderWay), told];
  }

  async function restart(process: ProcessInfo) {
    const { pid, name, kind, options } = process;
    if (kind === "console" || all.value.some((each) => each.pid === pid && isUnderWay(each)))
      return;
    try {
      processes().signal(pid, "TERM");
      tell(
        process,
        "ending",
        `TERM is sent to ${name}. It takes nothing new, and ends when its work in hand is done.`,
      );
      await processes().wait(pid);
      // Then it is for "Boot again" to start it.
      if (power.lost.value !== null)
        return tell(process, "failed", `${name} was not started again: the power is off.`);
      tell(process, "starting", `${name} has ended. The next one starts with the same options.`);
      const next = await processes().start(options ?? { kind });
      const runs =
        next.name === name ? `${name} runs again` : `${name} has ended, ${next.name} runs`;
      tell(process, "done", `${runs} with the same options (pid ${next.pid}).`);
    } catch (error) {
      tell(process, "failed", `${name} was not restarted. ${sentence(error)}`);
    }
  }

  return { all, restart };
}
