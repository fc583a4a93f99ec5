import type { Action } from "../../course/experiment-schema.ts";

const PROCESSES: Record<string, string> = {
  web: "the web process",
  jobs: "the worker",
  console: "the console",
};

/** What an action is busy with, as the learner reads it while it runs; null where it is over at once. */
export function doing(action: Action): string | null {
  if ("console" in action) return "Running Ruby in the console";
  if ("request" in action) return `Waiting for the answer to ${action.request}`;
  if ("start" in action) return `Starting ${action.start === "jobs" ? "a worker" : named("web")}`;
  if ("stop" in action) return `Stopping ${named(action.stop)}`;
  if ("signal" in action) return `Sending ${action.signal} to ${named(action.process)}`;
  if ("advance" in action) return `Moving the clock by ${length(action.advance)}`;
  if ("drain" in action) return "Waiting for the worker to work off the queue";
  if ("untilJobs" in action) return `Waiting for ${jobsIn(action.untilJobs)}`;
  if ("untilLog" in action) return "Waiting for a line in the log";
  if ("until" in action) return "Waiting for the jobs";
  return null;
}

/** So many jobs in their states: `1 claimed job and 2 ready jobs`. */
export function jobsIn(states: Record<string, number>): string {
  return Object.entries(states)
    .map(([state, count]) => `${count} ${state} ${count === 1 ? "job" : "jobs"}`)
    .join(" and ");
}

function named(process: string): string {
  return PROCESSES[process] ?? process;
}

/** Seconds in the unit that reads best: `10 minutes`. */
function length(seconds: number): string {
  const [unit, size] =
    seconds < 60 ? ["second", 1] : seconds < 3600 ? ["minute", 60] : ["hour", 3600];
  const count = Math.round(seconds / Number(size));
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
