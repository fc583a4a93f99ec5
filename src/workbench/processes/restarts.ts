import { signal, type ReadonlySignal } from "@preact/signals";
import type { ProcessInfo, ProcessKind, Sandbox } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";
import type { Power } from "./power.ts";

/** One restart, from the TERM until its successor runs. */
export interface Restart {
  /** Of the process that is to end. */
  pid: number;
  name: string;
  kind: ProcessKind;
  step: "ending" | "starting" | "done" | "cancelled" | "failed";
  /** What happens, or why it did not, as a sentence. */
  words: string;
}

/** Ends processes as a deploy does, and starts their successors with the same options. */
export interface Restarts {
  /** Those under way and those that have ended since a process started last; in the order of their starts. */
  all: ReadonlySignal<readonly Restart[]>;
  /** Resolves when the successor runs, or will not. A second call for the same process does nothing. */
  restart(process: ProcessInfo): Promise<void>;
  /**
   * Calls off the restarts of the process of that name, or of all of that kind: they end all the same, and nothing is
   * started. A successor that is starting already is not stopped: resolves when it runs, or will not.
   */
  cancel(nameOrKind: string): Promise<void>;
  dispose(): void;
}

interface UnderWay {
  cancelled: boolean;
  settled: Promise<void>;
}

export const isUnderWay = ({ step }: Restart) => step === "ending" || step === "starting";

export function createRestarts(
  sandbox: Pick<Sandbox, "processes" | "events">,
  power: Power,
): Restarts {
  const all = signal<readonly Restart[]>([]);
  /** By the pid of the process that is to end. */
  const underWay = new Map<number, UnderWay>();
  // The successor's own start is of a restart under way: it stays to be told.
  const unsubscribe = sandbox.events.subscribe((event) => {
    if (event.type === "process.started" && event.kind !== "console")
      all.value = all.value.filter(isUnderWay);
  });

  function tell({ pid, name, kind }: ProcessInfo, step: Restart["step"], words: string) {
    const told = { pid, name, kind, step, words };
    const known = all.value.some((each) => each.pid === pid);
    all.value = known
      ? all.value.map((each) => (each.pid === pid ? told : each))
      : [...all.value.filter(isUnderWay), told];
  }

  async function renew(process: ProcessInfo, own: UnderWay) {
    const { pid, name, kind, options } = process;
    const { processes } = sandbox;
    try {
      if (kind === "console") return;
      processes.signal(pid, "TERM");
      tell(process, "ending", `TERM is sent to ${name}. ${howItEnds(kind)}`);
      await processes.wait(pid);
      if (own.cancelled) return;
      // Then it is for "Boot again" to start it.
      if (power.lost.value !== null)
        return tell(process, "failed", `${name} was not started again: the power is off.`);
      tell(process, "starting", `${name} has ended. The next one starts with the same options.`);
      const next = await processes.start(options ?? { kind });
      const runs =
        next.name === name ? `${name} runs again` : `${name} has ended, ${next.name} runs`;
      tell(process, "done", `${runs} with the same options (pid ${next.pid}).`);
    } catch (error) {
      if (!own.cancelled) tell(process, "failed", `${name} was not restarted. ${sentence(error)}`);
    } finally {
      if (underWay.get(pid) === own) underWay.delete(pid);
    }
  }

  function restart(process: ProcessInfo): Promise<void> {
    if (underWay.has(process.pid)) return Promise.resolve();
    const own: UnderWay = { cancelled: false, settled: Promise.resolve() };
    underWay.set(process.pid, own);
    return (own.settled = renew(process, own));
  }

  async function cancel(nameOrKind: string) {
    const meant = all.value.filter(({ name, kind }) => name === nameOrKind || kind === nameOrKind);
    for (const each of meant.filter(({ step }) => step === "ending")) callOff(each);
    await Promise.all(meant.map(({ pid }) => underWay.get(pid)?.settled));
  }

  /** From here on the process may be restarted anew: who waits for its end is told apart by `UnderWay`. */
  function callOff(each: Restart) {
    const { pid, name } = each;
    const own = underWay.get(pid);
    if (own) own.cancelled = true;
    underWay.delete(pid);
    const words = `The restart of ${name} is cancelled: it ends, and no other is started.`;
    all.value = all.value.map((other) =>
      other.pid === pid ? { ...other, step: "cancelled", words } : other,
    );
  }

  return { all, restart, cancel, dispose: unsubscribe };
}

function howItEnds(kind: ProcessKind): string {
  return kind === "jobs"
    ? "It takes no more jobs, and what it has not performed after SolidQueue.shutdown_timeout (5 seconds unless you set it) goes back to the queue."
    : "It takes nothing new, and ends when its requests in hand are answered.";
}
