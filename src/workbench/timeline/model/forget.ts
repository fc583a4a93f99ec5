import { spanOf } from "./jobs.ts";
import type { TimelineState } from "./types.ts";

/** As many events as the sandbox keeps. */
export const KEPT_EVENTS = 20_000;
const EVERY = 1000;

/**
 * Forgets what ended before the newest 20,000 events, every thousand events. What still goes on stays.
 */
export function forget(state: TimelineState): (time: number) => void {
  const times: number[] = [];
  let count = 0;
  return (time) => {
    if (++count % EVERY !== 0) return;
    times.push(time);
    if (times.length <= KEPT_EVENTS / EVERY) return;
    const oldest = times.shift() ?? 0;
    drop(state, oldest);
  };
}

function drop(state: TimelineState, oldest: number): void {
  const isOld = (until: number | null) => until !== null && until < oldest;
  for (const [key, job] of state.jobs) if (isOld(spanOf(job).until)) state.jobs.delete(key);
  for (const [id, { until }] of state.requests) if (isOld(until)) state.requests.delete(id);
  for (const [id, { until }] of state.lanes) if (isOld(until)) state.lanes.delete(id);
  state.transactions = state.transactions.filter(({ until }) => !isOld(until));
  state.moments = state.moments.filter(({ time }) => time >= oldest);
  state.breaks = state.breaks.filter(({ until }) => until >= oldest);
  for (const run of state.runs) {
    run.jobs = run.jobs.filter(({ key }) => state.jobs.has(key));
    run.transactions = run.transactions.filter(({ until }) => !isOld(until));
  }
  state.runs = state.runs.filter(({ lastAt }) => lastAt >= oldest);
}
