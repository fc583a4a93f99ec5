import type { BootProgress, Sandbox } from "../../sandbox/sandbox.ts";
import type { SandboxEvent } from "../../sandbox/events.ts";
import type { SessionDependencies } from "../session/session.ts";
import {
  CALLBACKS,
  MODEL_PATH,
  photoModel,
  photoRequest,
  raceFiles,
  type Callback,
} from "./app.ts";
import { readRun, type Run } from "./run.ts";

/**
 * Where a race is: the boot of its sandbox, then the request with each callback. A first one is for Rails to load the
 * code that has changed, in both processes: without it, a slow machine would see how long that takes, and not the race.
 */
export type RaceProgress = BootProgress | { step: "loading code" | "request"; callback: Callback };

/**
 * Runs the race in a sandbox of its own, which is given back whatever happens: the same request with each callback.
 * @returns a run for each of `CALLBACKS`, in their order
 * @throws what the boot throws, the signal's reason, or an error that says why a run has no end
 */
export async function runRace(
  { loadFiles, loadEngine }: Pick<SessionDependencies, "loadFiles" | "loadEngine">,
  signal: AbortSignal,
  tell: (progress: RaceProgress) => void,
): Promise<Run[]> {
  const [{ files }, { sandbox, image }] = await Promise.all([loadFiles(signal), loadEngine("tab")]);
  try {
    signal.throwIfAborted();
    const [first = "after_create"] = CALLBACKS;
    await sandbox.boot({ files: { ...files, ...raceFiles(first) }, image, signal }, tell);
    const runs: Run[] = [];
    for (const callback of CALLBACKS) {
      tell({ step: "loading code", callback });
      if (callback !== first) sandbox.files.write(MODEL_PATH, photoModel(callback));
      await runOnce(sandbox, callback, signal);
      tell({ step: "request", callback });
      runs.push(await runOnce(sandbox, callback, signal));
    }
    return runs;
  } finally {
    await sandbox.dispose();
  }
}

/** Sends the request and listens until it and its job have ended. */
async function runOnce(sandbox: Sandbox, callback: Callback, signal: AbortSignal): Promise<Run> {
  signal.throwIfAborted();
  const told: SandboxEvent[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Run>();
  const unsubscribe = sandbox.events.subscribe((event) => {
    told.push(event);
    if (event.type === "process.exited") {
      reject(new Error(`The process ${event.process} ended: ${event.exit.reason}`));
    }
    const run = readRun(told, callback);
    if (run) resolve(run);
  });
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener("abort", abort);
  try {
    sandbox.fetch(photoRequest()).then(expectCreated).catch(reject);
    return await promise;
  } finally {
    unsubscribe();
    signal.removeEventListener("abort", abort);
  }
}

function expectCreated({ status }: Response): void {
  if (status !== 201) throw new Error(`The app answered the request with ${status}, not with 201.`);
}
