import { signal, type ReadonlySignal } from "@preact/signals";
import type { SandboxProcesses, StartOptions } from "../../sandbox/sandbox.ts";

/** The sandbox's plug: everything dies at once, and can be started again as it was. */
export interface Power {
  /** What ran when the plug was pulled; null while the power is on. */
  lost: ReadonlySignal<StartOptions[] | null>;
  pull(): void;
  /** Starts what ran. Rejects with the first reason; what did not start is kept for another try. */
  restore(): Promise<void>;
}

export function createPower(processes: () => SandboxProcesses): Power {
  const lost = signal<StartOptions[] | null>(null);
  return {
    lost,
    pull() {
      lost.value = processes().pullThePlug();
    },
    async restore() {
      while (lost.value && lost.value.length > 0) {
        const [next, ...rest] = lost.value;
        if (next) await processes().start(next);
        lost.value = rest;
      }
      lost.value = null;
    },
  };
}
