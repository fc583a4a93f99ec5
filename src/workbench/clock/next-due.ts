import type { SandboxClock } from "../../sandbox/sandbox.ts";

/** So that what is due at a moment is due when time has come there. */
const JUST_AFTER_MS = 1;

/** What is said where there is nothing to go to. */
export const NOTHING_IS_DUE = "Nothing is due: no job, no task, no sleep.";

/** How many ms of sandbox time lead to what is due next; null when nothing is. */
export async function msToNextDue(clock: SandboxClock): Promise<number | null> {
  const due = await clock.nextDue();
  return due === null ? null : Math.max(0, due - clock.now()) + JUST_AFTER_MS;
}
