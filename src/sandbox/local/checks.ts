/** Runs a lesson's check in a sandbox of its own, and does there what the check asks for. */
import type { BootOptions, CheckResult } from "../sandbox.ts";
import type { CheckCall } from "./kernel-messages.ts";
import type { LocalSandbox } from "./local-sandbox.ts";

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
    await sandbox.boot({ ...boot, processes: [{ kind: "web" }], ...(signal ? { signal } : {}) });
    return await Promise.race([sandbox.runCheckHere(source), stop.promise]);
  } finally {
    signal?.removeEventListener("abort", abort);
    await sandbox.dispose();
  }
}

type Call<Op> = Extract<CheckCall, { op: Op }>;
type Result = { body: Record<string, unknown>; blobs?: Uint8Array[] };

/** The calls of src/sandbox/ruby/sandbox/check.rb. */
export class CheckCalls {
  readonly #sandbox: LocalSandbox;

  constructor(sandbox: LocalSandbox) {
    this.#sandbox = sandbox;
  }

  async answer(call: CheckCall, content: Uint8Array | undefined): Promise<Result> {
    const { processes, clock } = this.#sandbox;
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
