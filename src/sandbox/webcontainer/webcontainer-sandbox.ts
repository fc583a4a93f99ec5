/**
 * The sandbox in a WebContainer: a proxy of a `LocalSandbox` that runs there under Node, spoken to over the
 * runner's standard streams. What the interface tells without waiting is kept here (`mirror.ts`).
 */
import { LocalFiles } from "../local/files.ts";
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
  type Snapshot,
  type Versions,
} from "../sandbox.ts";
import { bootContainer, type ContainerOptions, type Release } from "./container.ts";
import { readResponse, spellRequest } from "./http.ts";
import type { Link } from "./link.ts";
import type { BootAnswer, RunnerMessage, SpelledResponse } from "./messages.ts";
import { Mirror } from "./mirror.ts";
import {
  remoteClock,
  remoteDatabase,
  remoteFiles,
  remoteProcesses,
  remoteQueue,
} from "./remote.ts";
import { copyIn, startRunner } from "./start-runner.ts";

export interface WebContainerOptions extends ContainerOptions {
  /** The runner's files by name: what `scripts/lib/webcontainer-runner.ts` has built. */
  loadRunner(signal: AbortSignal): Promise<Record<string, Uint8Array>>;
}

/** What exists once it has booted. */
interface Machine {
  versions: Versions;
  processes: SandboxProcesses;
  database: SandboxDatabase;
  queue: SandboxQueue;
}

type Progress = (progress: BootProgress) => void;

export class WebContainerSandbox implements Sandbox {
  readonly #options: WebContainerOptions;
  readonly #mirror = new Mirror();
  readonly #kept = new LocalFiles(() => undefined);
  readonly files: SandboxFiles = remoteFiles(this.#kept, (method, args) =>
    this.#link?.tell(method, args),
  );
  readonly events = this.#mirror.events;
  readonly logs = this.#mirror.logs;
  #link: Link | null = null;
  #release: Release | null = null;
  #machine: Machine | null = null;
  #bootCalled = false;
  /** Aborted when the sandbox is disposed of, so that a boot under way goes no further. */
  readonly #life = new AbortController();

  constructor(options: WebContainerOptions) {
    this.#options = options;
  }

  async boot(options: BootOptions, onProgress: Progress = () => {}): Promise<void> {
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
      const work = this.#boot(options, signal, onProgress);
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

  async #boot(options: BootOptions, signal: AbortSignal, onProgress: Progress): Promise<void> {
    signal.throwIfAborted();
    this.files.replace(options.files);
    const { image, processes, snapshot } = options;
    if (!image.files) throw new BootError("This boot image cannot be copied into a WebContainer.");
    const download = (doneBytes: number, totalBytes: number) =>
      onProgress({ step: "download", doneBytes, totalBytes });
    const [bootFiles, runnerFiles] = await Promise.all([
      image.files(download, signal),
      this.#options.loadRunner(signal),
    ]);
    signal.throwIfAborted();
    const { container, release } = await bootContainer(this.#options, signal);
    if (signal.aborted) return release();
    this.#release = release;
    await copyIn(container, "boot", bootFiles, signal);
    await copyIn(container, "runner", runnerFiles, signal);
    const receive = (message: RunnerMessage) => {
      if (message.type === "news") this.#mirror.take(message);
      if (message.type !== "progress") return;
      const { step } = message.progress; // the runner's download is from its disk
      if (step === "database" || step === "processes") onProgress(message.progress);
    };
    const lose = (reason: string) => this.#mirror.lose(reason);
    const link = await startRunner(container, signal, receive, lose);
    this.#link = link;
    // Written again since: what the runner starts with is what is there now.
    const boot = { files: this.#kept.snapshot(), processes, snapshot };
    const { versions } = await link.call<BootAnswer>("boot", [boot], signal);
    this.#machine = {
      versions,
      processes: remoteProcesses(link, this.#mirror),
      database: remoteDatabase(link),
      queue: remoteQueue(link),
    };
  }

  get versions(): Versions {
    return this.#booted.versions;
  }

  get processes(): SandboxProcesses {
    return this.#booted.processes;
  }

  get database(): SandboxDatabase {
    return this.#booted.database;
  }

  get queue(): SandboxQueue {
    return this.#booted.queue;
  }

  readonly clock: SandboxClock = remoteClock(this.#mirror, () => this.#running);

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
    const spelled = await spellRequest(request);
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
    this.#machine = null;
    this.#life.abort(stopped);
    this.#link?.lose(stopped);
    this.#link = null;
    this.#release?.();
    this.#release = null;
    await Promise.resolve();
  }

  get #booted(): Machine {
    if (this.#machine === null)
      throw new SandboxError("The sandbox is not running. Start it first.");
    return this.#machine;
  }

  get #running(): Link {
    const link = this.#link;
    if (this.#machine === null || link === null)
      throw new SandboxError("The sandbox is not running. Start it first.");
    return link;
  }

  async #ask<Value>(method: string, args: unknown[], signal?: AbortSignal): Promise<Value> {
    return this.#running.call<Value>(method, args, signal);
  }
}
