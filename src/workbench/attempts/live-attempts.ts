import { signal, type ReadonlySignal } from "@preact/signals";
import type { SandboxEvents } from "../../sandbox/sandbox.ts";
import { createAttemptLog, type AttemptLog } from "./attempts.ts";

export interface LiveAttempts {
  log: AttemptLog;
  /** Rises, at most once a frame, when attempts began or ended. */
  revision: ReadonlySignal<number>;
  dispose(): void;
}

/** Follows the events for as long as the bench lives, those before it included. */
export function createLiveAttempts(events: SandboxEvents): LiveAttempts {
  const log = createAttemptLog();
  const revision = signal(0);
  let timer: ReturnType<typeof setTimeout> | null = null;
  for (const event of events.history()) log.add(event);
  const unsubscribe = events.subscribe((event) => {
    log.add(event);
    if (!event.type.startsWith("job.") && event.type !== "process.exited") return;
    timer ??= setTimeout(() => {
      timer = null;
      revision.value += 1;
    }, 16);
  });
  return {
    log,
    revision,
    dispose() {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
