import type { Bench } from "../session/bench.ts";
import type { Action } from "../live/use-action.ts";

/** Sends TERM to every jobs process, as a deploy does: jobs in hand finish, and nobody takes another. */
export function StopAllButton({ bench, action }: { bench: Bench; action: Action }) {
  const { processes } = bench.sandbox;
  const running = (bench.processes.data.value ?? []).filter(
    ({ kind, status }) => kind === "jobs" && status === "running",
  );
  if (running.length < 2) return null;
  return (
    <button
      type="button"
      class="wb-btn"
      disabled={action.running}
      onClick={() =>
        void action.run(() => running.forEach(({ pid }) => processes.signal(pid, "TERM")))
      }
    >
      TERM all {running.length} jobs processes
    </button>
  );
}
