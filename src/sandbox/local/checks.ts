/** Runs a lesson's check in a sandbox of its own, and does there what the check asks for. */
import type { Message } from "../frame.ts";
import type { BootOptions, CheckResult, SignalName } from "../sandbox.ts";
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

type Result = { body: Record<string, unknown>; blobs?: Uint8Array[] };

/** The calls of src/sandbox/ruby/sandbox/check.rb. */
export class CheckCalls {
  readonly #sandbox: LocalSandbox;

  constructor(sandbox: LocalSandbox) {
    this.#sandbox = sandbox;
  }

  async answer({ body, blobs }: Message): Promise<Result> {
    const { processes, clock } = this.#sandbox;
    switch (body["op"]) {
      case "kernel.start_jobs":
        return {
          body: { pid: (await processes.start({ kind: "jobs", ...startOptions(body) })).pid },
        };
      case "kernel.signal":
        processes.signal(body["pid"] as number, body["signal"] as SignalName);
        return { body: {} };
      case "kernel.wait":
        return { body: { exit: await processes.wait(body["pid"] as number) } };
      case "kernel.processes":
        return { body: { processes: processes.list() } };
      case "kernel.advance":
        await clock.advance(body["ms"] as number);
        return { body: {} };
      case "kernel.mails":
        return { body: { mails: this.#sandbox.mails() } };
      case "kernel.fetch":
        return this.#fetch(body, blobs[0]);
      default:
        throw new Error(`The sandbox does not know the call ${String(body["op"])}`);
    }
  }

  async #fetch(body: Record<string, unknown>, content: Uint8Array | undefined): Promise<Result> {
    const method = body["method"] as string;
    const bodiless = method === "GET" || method === "HEAD";
    const response = await this.#sandbox.fetch(
      new Request(new URL(body["path"] as string, "http://localhost:3000"), {
        method,
        headers: body["headers"] as [string, string][],
        body: bodiless || !content ? null : content.slice(),
        redirect: "manual",
      }),
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { body: { status: response.status, headers: [...response.headers] }, blobs: [bytes] };
  }
}

function startOptions(body: Record<string, unknown>) {
  const { queues, threads, polling_interval: pollingInterval } = body;
  return {
    ...(queues ? { queues: queues as string[] } : {}),
    ...(threads ? { threads: threads as number } : {}),
    ...(pollingInterval ? { pollingInterval: pollingInterval as number } : {}),
  };
}
