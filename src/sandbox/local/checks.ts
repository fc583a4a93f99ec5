/** Runs a lesson's check in a sandbox of its own, and does there what the check asks for. */
import { ProcessStartError, type BootOptions, type CheckResult } from "../sandbox.ts";
import { describeHung, failedToStart, hungAtStart, type CheckRun } from "./check-run.ts";
import type { CheckCall } from "./kernel-messages.ts";
import type { LocalSandbox } from "./local-sandbox.ts";

/** Booting loads the app's configuration and routes, which may hang as well (ms). */
const BOOT_LIMIT_MS = 60_000;

/** Fresh processes on fresh databases; nothing of the learner's own sandbox is touched. */
export async function runCheck(
  create: () => LocalSandbox,
  boot: BootOptions,
  source: string,
  signal?: AbortSignal,
): Promise<CheckResult> {
  const sandbox = create();
  const stop = Promise.withResolvers<never>();
  stop.promise.catch(() => undefined); // nobody waits for it while the sandbox boots
  const abort = () => stop.reject(signal?.reason as Error);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const problem = await bootForCheck(sandbox, boot, signal);
    return problem ?? (await Promise.race([sandbox.runCheckHere(source), stop.promise]));
  } finally {
    signal?.removeEventListener("abort", abort);
    await sandbox.dispose();
  }
}

type Call<Op> = Extract<CheckCall, { op: Op }>;

/** Resolves with null once the sandbox runs, or with what the learner's code did to its start. */
async function bootForCheck(
  sandbox: LocalSandbox,
  boot: BootOptions,
  signal?: AbortSignal,
): Promise<CheckResult | null> {
  const limit = new AbortController();
  let hung: CheckResult | null = null;
  const timer = setTimeout(() => {
    const starting = sandbox.records.find(({ info }) => info.status === "starting");
    hung = hungAtStart(describeHung(starting, BOOT_LIMIT_MS));
    limit.abort();
  }, BOOT_LIMIT_MS);
  const signals = signal ? [signal, limit.signal] : [limit.signal];
  try {
    await sandbox.boot({
      ...boot,
      processes: [{ kind: "web" }],
      signal: AbortSignal.any(signals),
    });
    return null;
  } catch (error) {
    if (hung !== null && !signal?.aborted) return hung;
    if (error instanceof ProcessStartError && error.error) return failedToStart(error.error);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

type Result = { body: Record<string, unknown>; blobs?: Uint8Array[] };

/** Calls that wait for others. They tell a test whose time is over to end. */
const WAITING_CALLS: ReadonlySet<string> = new Set([
  "kernel.start_jobs",
  "kernel.wait",
  "kernel.advance",
  "kernel.fetch",
  "kernel.time_left",
]);

/** The calls of src/sandbox/ruby/sandbox/check.rb. */
export class CheckCalls {
  readonly #sandbox: LocalSandbox;
  readonly #run: () => CheckRun | null;

  /** @param run the check that runs here, if any */
  constructor(sandbox: LocalSandbox, run: () => CheckRun | null) {
    this.#sandbox = sandbox;
    this.#run = run;
  }

  /** A failure that comes of ending what hung is told as that. */
  async answer(call: CheckCall, content: Uint8Array | undefined): Promise<Result> {
    const hung = () => (WAITING_CALLS.has(call.op) ? (this.#run()?.hung ?? null) : null);
    if (hung()) return { body: { hung: hung() } };
    try {
      const result = await this.#answer(call, content);
      return hung() ? { body: { hung: hung() } } : result;
    } catch (error) {
      if (hung()) return { body: { hung: hung() } };
      throw error;
    }
  }

  async #answer(call: CheckCall, content: Uint8Array | undefined): Promise<Result> {
    const { processes, clock, records } = this.#sandbox;
    switch (call.op) {
      case "kernel.start_jobs":
        return {
          body: { pid: (await processes.start({ kind: "jobs", ...startOptions(call) })).pid },
        };
      case "kernel.signal":
        processes.signal(call.pid, call.signal);
        return { body: {} };
      case "kernel.wait":
        return { body: { exit: await processes.wait(call.pid) } };
      case "kernel.processes":
        return { body: { processes: processes.list() } };
      case "kernel.places":
        return { body: { places: records.flatMap(placeOf) } };
      case "kernel.time_left":
        return { body: {} };
      case "kernel.advance":
        await clock.advance(call.ms);
        return { body: {} };
      case "kernel.mails":
        return { body: { mails: this.#sandbox.mails() } };
      case "kernel.fetch":
        return this.#fetch(call, content);
    }
  }

  async #fetch(
    { method, path, headers }: Call<"kernel.fetch">,
    content: Uint8Array | undefined,
  ): Promise<Result> {
    const bodiless = method === "GET" || method === "HEAD";
    const response = await this.#sandbox.fetch(
      new Request(new URL(path, "http://localhost:3000"), {
        method,
        headers,
        body: bodiless || !content ? null : content.slice(),
        redirect: "manual",
      }),
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { body: { status: response.status, headers: [...response.headers] }, blobs: [bytes] };
  }
}

/** Name of a jobs process and the line that it is at, where it is at one. */
function placeOf({ info, lastLine }: LocalSandbox["records"][number]): [string, string][] {
  if (info.kind !== "jobs" || lastLine === null) return [];
  return [[info.name, `${lastLine.path}:${lastLine.line}`]];
}

function startOptions({
  queues,
  threads,
  polling_interval: pollingInterval,
}: Call<"kernel.start_jobs">) {
  return {
    ...(queues ? { queues } : {}),
    ...(threads ? { threads } : {}),
    ...(pollingInterval ? { pollingInterval } : {}),
  };
}
