/** The things that a step of an experiment can do; `course/experiment-schema.ts` lists them. */
import type { Action } from "../../course/experiment-schema.ts";
import type { JobState, ProcessInfo, SignalName } from "../../sandbox/sandbox.ts";
import { jobsIn } from "./doing.ts";
import { newestLine } from "./readings.ts";
import { request, type Answers } from "./request.ts";
import type { StepHost } from "./run-step.ts";

/** What the newest console line or request gave; seconds are those that it took. */
export interface Last extends Partial<Answers> {
  result?: string;
  output?: string;
  /** Class of the exception. */
  error?: string;
  /** What the exception says. */
  message?: string;
}

type Of<Key extends string> = Extract<Action, Record<Key, unknown>>;

type Waiting = Of<"until"> | Of<"untilJobs"> | Of<"untilLog"> | Of<"drain">;

const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/** @throws Error with a sentence for the learner when the action cannot be done */
export async function perform(action: Action, host: StepHost, signal: AbortSignal): Promise<Last> {
  signal.throwIfAborted();
  if ("console" in action) return consoleLine(action, host, signal);
  if ("request" in action) return request(action, host);
  if ("open" in action) open(action, host);
  else if ("show" in action) host.show(action.show);
  else if ("files" in action) host.useFiles(action.files);
  else if ("start" in action) await start(action, host);
  else if ("signal" in action) await sendSignal(action, host);
  else if ("stop" in action) await stop(action.stop, host);
  else if ("advance" in action) await host.sandbox.clock.advance(action.advance * 1000, signal);
  else await waitFor(action, host, signal);
  return {};
}

function open(action: Of<"open">, host: StepHost) {
  const [path = "", line] = action.open.split(":");
  host.open(path, line === undefined ? null : Number(line));
}

async function consoleLine(action: Of<"console">, host: StepHost, signal: AbortSignal) {
  return timed(async () => {
    const { result, output, error } = await host.sandbox.evaluate(action.console, signal);
    if (error && error.className !== action.raises) {
      throw new Error(`${error.className}: ${error.message}`);
    }
    return {
      result: result ?? "",
      output,
      error: error?.className ?? "",
      message: error?.message ?? "",
    };
  });
}

async function timed(work: () => Promise<Last>): Promise<Last> {
  const startedAt = performance.now();
  const last = await work();
  return { ...last, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) };
}

async function start(action: Of<"start">, host: StepHost) {
  const { start: kind, ifNone, ...options } = action;
  if (ifNone && living(kind, host).length > 0) return;
  await host.sandbox.processes.start({ kind, ...options });
}

async function stop(nameOrKind: string, host: StepHost) {
  // Else one that waits for the same end starts its successor in a step that wants none.
  await host.cancelRestarts(nameOrKind);
  await end(living(nameOrKind, host), "TERM", host);
}

async function sendSignal(action: Of<"signal">, host: StepHost) {
  await host.cancelRestarts(action.process);
  const targets = living(action.process, host);
  if (targets.length === 0) {
    throw new Error(`No process called ${action.process} is running. Start one and try again.`);
  }
  await end(targets, action.signal, host);
}

async function end(targets: ProcessInfo[], signal: SignalName, { sandbox }: StepHost) {
  for (const { pid } of targets) sandbox.processes.signal(pid, signal);
  await Promise.all(targets.map(({ pid }) => sandbox.processes.wait(pid)));
}

/** The processes of that name, or of that kind, that have not ended. */
function living(nameOrKind: string, { sandbox }: StepHost): ProcessInfo[] {
  return sandbox.processes
    .list()
    .filter(({ status }) => status !== "exited")
    .filter(({ name, kind }) => name === nameOrKind || kind === nameOrKind);
}

async function waitFor(action: Waiting, host: StepHost, signal: AbortSignal) {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await arrived(action, host, signal))) {
    signal.throwIfAborted();
    if (performance.now() > deadline) {
      throw new Error(
        `This step waited ${PATIENCE_MS / 1000} seconds for ${awaited(action)}, in vain. ` +
          "Is a process running that can do it?",
      );
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function arrived(
  action: Waiting,
  { sandbox }: StepHost,
  signal: AbortSignal,
): Promise<boolean> {
  if ("until" in action) {
    const { result, error } = await sandbox.evaluate(action.until, signal);
    if (error) throw new Error(`${error.className}: ${error.message}`);
    return result !== "nil" && result !== "false";
  }
  if ("untilLog" in action) return newestLine(sandbox.logs, action.untilLog) !== null;
  const counts = await sandbox.queue.counts();
  if ("drain" in action) return counts.ready + counts.claimed === 0;
  return Object.entries(action.untilJobs).every(
    ([state, wanted]) => counts[state as JobState] >= wanted,
  );
}

function awaited(action: Waiting): string {
  if ("until" in action) return `\`${action.until.trim()}\` to be true`;
  if ("untilLog" in action) return `a line of the log like ${action.untilLog}`;
  if ("drain" in action) return "the queue to be worked off";
  return jobsIn(action.untilJobs);
}
