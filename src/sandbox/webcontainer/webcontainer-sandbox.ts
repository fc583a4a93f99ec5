/**
 * The sandbox in a WebContainer: a proxy of a `LocalSandbox` that runs there under Node, spoken to over the
 * runner's standard streams. What the interface tells without waiting is kept here (`mirror.ts`).
 */
import { WEBCONTAINER_CAPABILITIES } from "../capabilities.ts";
import { LocalFiles } from "../local/files.ts";
import { RequestBodies } from "../request-bodies.ts";
import {
  BootError,
  SandboxError,
  type BootOptions,
  type BootProgress,
  type CheckResult,
  type Evaluation,
  type Mail,
  type Sandbox,
  type SandboxClock,
  type SandboxConsole,
  type SandboxDatabase,
  type SandboxFiles,
  type SandboxProcesses,
  type SandboxQueue,
  type SandboxShell,
  type Snapshot,
  type Versions,
} from "../sandbox.ts";
import { readResponse, spellRequest } from "./http.ts";
import { Machine, type Parts, type WebContainerOptions } from "./machine.ts";
import type { SpelledResponse } from "./messages.ts";
import { Mirror } from "./mirror.ts";
import { remoteClock, remoteFiles } from "./remote.ts";

export class WebContainerSandbox implements Sandbox {
  readonly capabilities = WEBCONTAINER_CAPABILITIES;
  readonly #bodies = new RequestBodies();
  readonly #mirror = new Mirror();
  readonly #machine: Machine;
  readonly #kept = new LocalFiles(() => undefined);
  readonly files: SandboxFiles = remoteFiles(this.#kept, (method, args) =>
    this.#machine.tell(method, args),
  );
  readonly events = this.#mirror.events;
  readonly logs = this.#mirror.logs;
  #bootCalled = false;
  /** Aborted when the sandbox is disposed of, so that a boot under way goes no further. */
  readonly #life = new AbortController();

  constructor(options: WebContainerOptions) {
    this.#machine = new Machine(options, this.#mirror);
  }

  async boot(
    options: BootOptions,
    onProgress: (progress: BootProgress) => void = () => {},
  ): Promise<void> {
    if (this.#bootCalled) throw new BootError("This sandbox has been booted already.");
    this.#bootCalled = true;
    const life = this.#life.signal;
    const signal = options.signal ? AbortSignal.any([options.signal, life]) : life;
    const stopped = Promise.withResolvers<never>();
    const stop = () => stopped.reject(signal.reason as Error);
    stopped.promise.catch(() => undefined);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    try {
      this.files.replace(options.files);
      const boot = { ...options, files: () => this.#kept.snapshot() };
      const work = this.#machine.boot(boot, signal, onProgress);
      work.catch(() => undefined);
      await Promise.race([work, stopped.promise]);
    } catch (error) {
      await this.dispose();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
    onProgress({ step: "ready", doneBytes: 0, totalBytes: 0 });
  }

  get versions(): Versions {
    return this.#parts.versions;
  }

  /** The version of the container's Node. */
  get node(): string {
    return this.#parts.node;
  }

  get processes(): SandboxProcesses {
    return this.#parts.processes;
  }

  get database(): SandboxDatabase {
    return this.#parts.database;
  }

  get queue(): SandboxQueue {
    return this.#parts.queue;
  }

  readonly shell: SandboxShell = { open: async (options) => this.#parts.shell.open(options) };

  readonly clock: SandboxClock = remoteClock(this.#mirror, () => this.#parts.link);

  readonly console: SandboxConsole = {
    complete: (code) => this.#ask("console.complete", [code]),
    isWhole: (code) => this.#ask("console.isWhole", [code]),
  };

  mails(): readonly Mail[] {
    return this.#mirror.mails;
  }

  snapshot(): Promise<Snapshot> {
    return this.#ask("snapshot", []);
  }

  async fetch(request: Request): Promise<Response> {
    const spelled = await spellRequest(request, this.#bodies);
    return readResponse(await this.#ask<SpelledResponse>("fetch", [spelled]));
  }

  evaluate(code: string, signal?: AbortSignal): Promise<Evaluation> {
    return this.#ask("evaluate", [code], signal);
  }

  check(source: string, signal?: AbortSignal): Promise<CheckResult> {
    return this.#ask("check", [source], signal);
  }

  async dispose(): Promise<void> {
    const stopped = new BootError("The sandbox was stopped.");
    this.#life.abort(stopped);
    this.#machine.dispose(stopped);
    await Promise.resolve();
  }

  get #parts(): Parts {
    const { parts } = this.#machine;
    if (parts === null) throw new SandboxError("The sandbox is not running. Start it first.");
    return parts;
  }

  async #ask<Value>(method: string, args: unknown[], signal?: AbortSignal): Promise<Value> {
    return this.#parts.link.call<Value>(method, args, signal);
  }
}
