import type { SandboxEvent } from "../../../sandbox/events.ts";
import { isInMemory } from "./jobs.ts";
import type { TimelineState } from "./types.ts";

type Exited = Extract<SandboxEvent, { type: "process.exited" }>;

/**
 * Ends what a process had in hand. Returns the lanes in which the end came from outside (KILL, out of
 * memory): there bars are torn.
 */
export function closeProcess(state: TimelineState, event: Exited): string[] {
  const { pid, time, exit } = event;
  const torn = exit.signal === "KILL" || (exit.signal === null && exit.code === null);
  const lanes = [...state.lanes.values()].filter((lane) => lane.pid === pid && lane.until === null);
  for (const lane of lanes) Object.assign(lane, { until: time, end: torn ? "killed" : "ended" });
  const ids = new Set([...state.lanes.values()].filter((l) => l.pid === pid).map(({ id }) => id));

  for (const bar of state.requests.values()) {
    if (ids.has(bar.lane) && bar.until === null) Object.assign(bar, { until: time, torn: true });
  }
  for (const job of state.jobs.values()) {
    const last = job.segments.at(-1);
    if (last && last.until === null && last.lane !== null && ids.has(last.lane)) {
      Object.assign(last, { until: time, torn: true });
    }
    const isHere = job.originLane !== null && ids.has(job.originLane);
    if (last && last.until === null && isInMemory(job) && isHere) {
      Object.assign(last, { until: time, torn: true });
    }
  }
  for (const mark of state.transactions) {
    // Told as rolled back just before, by the sandbox.
    if (torn && ids.has(mark.lane) && mark.until !== null && time - mark.until < 1)
      mark.torn = true;
  }
  return torn ? lanes.map(({ id }) => id) : [];
}
