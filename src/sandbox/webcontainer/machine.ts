/** The container, the runner in it and the sandbox in that: brought up in this order, and given back. */
import type { WebContainer } from "@webcontainer/api";
import {
  BootError,
  type BootOptions,
  type BootProgress,
  type FileTree,
  type SandboxDatabase,
  type SandboxProcesses,
  type SandboxQueue,
  type Versions,
} from "../sandbox.ts";
import { bootContainer, type ContainerOptions, type Release } from "./container.ts";
import type { HeartbeatLimits } from "./heartbeat.ts";
import type { Link } from "./link.ts";
import type { BootAnswer, RunnerMessage } from "./messages.ts";
import type { Mirror } from "./mirror.ts";
import { remoteDatabase, remoteProcesses, remoteQueue } from "./remote.ts";
import { ContainerShell } from "./shell.ts";
import { copyIn, startRunner } from "./start-runner.ts";

/** How long the sandbox may take to come up in a container that is there, in ms: files, Node and Rails. */
const BRING_UP_LIMIT_MS = 180_000;

export interface WebContainerOptions extends ContainerOptions {
  bringUpLimitMs?: number | undefined;
  /** When a container that says nothing counts as lost. */
  heartbeat?: HeartbeatLimits | undefined;
  /** How long the exit status of Node may take once its output has ended, in ms. */
  exitMs?: number | undefined;
  /** The runner's files by name: what `scripts/lib/webcontainer-runner.ts` has built. */
  loadRunner(signal: AbortSignal): Promise<Record<string, Uint8Array>>;
}

/** What exists once it has booted. */
export interface Parts {
  link: Link;
  versions: Versions;
  node: string;
  processes: SandboxProcesses;
  database: SandboxDatabase;
  queue: SandboxQueue;
  shell: ContainerShell;
}

export interface MachineBoot extends Omit<BootOptions, "files" | "signal"> {
  /** What the app's files are by the time when the runner asks for them. */
  files(): FileTree;
}

export class Machine {
  readonly #options: WebContainerOptions;
  readonly #mirror: Mirror;
  #release: Release | null = null;
  #link: Link | null = null;
  #parts: Parts | null = null;

  constructor(options: WebContainerOptions, mirror: Mirror) {
    this.#options = options;
    this.#mirror = mirror;
  }

  /** Null until it has booted, and after it was given back. */
  get parts(): Parts | null {
    return this.#parts;
  }

  /** Tells the runner something, where there is one. */
  tell(method: string, args: unknown[]): void {
    this.#link?.tell(method, args);
  }

  /** Rejects with BootError or the signal's reason; `dispose` then gives back what there is. */
  async boot(
    { image, files, processes, snapshot }: MachineBoot,
    signal: AbortSignal,
    onProgress: (progress: BootProgress) => void,
  ): Promise<void> {
    signal.throwIfAborted();
    if (!image.files) throw new BootError("This boot image cannot be copied into a WebContainer.");
    const download = (doneBytes: number, totalBytes: number) =>
      onProgress({ step: "download", doneBytes, totalBytes });
    const [bootFiles, runnerFiles] = await Promise.all([
      image.files(download, signal),
      this.#options.loadRunner(signal),
    ]);
    signal.throwIfAborted();
    onProgress({ step: "container", doneBytes: 0, totalBytes: 0 });
    const { container, release } = await bootContainer(this.#options, signal);
    if (signal.aborted) return release();
    this.#release = release;
    const { bringUpLimitMs = BRING_UP_LIMIT_MS } = this.#options;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(tooLate(bringUpLimitMs)), bringUpLimitMs);
    const folders = { boot: bootFiles, runner: runnerFiles };
    const options = () => ({ files: files(), processes, snapshot });
    try {
      await Promise.race([
        this.#bringUp(container, folders, options, signal, onProgress),
        late.promise,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #bringUp(
    container: WebContainer,
    folders: Record<string, Record<string, Uint8Array>>,
    options: () => Omit<BootOptions, "image" | "signal">,
    signal: AbortSignal,
    onProgress: (progress: BootProgress) => void,
  ): Promise<void> {
    for (const [name, content] of Object.entries(folders))
      await copyIn(container, name, content, signal);
    signal.throwIfAborted();
    const receive = (message: RunnerMessage) => {
      if (message.type === "news") this.#mirror.take(message);
      if (message.type === "command" || message.type === "command-ended")
        this.#parts?.shell.take(message);
      if (message.type !== "progress") return;
      const { step } = message.progress; // the runner's download is from its disk
      if (step === "database" || step === "processes") onProgress(message.progress);
    };
    const { link, lose } = await startRunner(
      container,
      signal,
      receive,
      (reason) => this.#mirror.lose(reason),
      this.#options.exitMs,
    );
    signal.throwIfAborted();
    this.#link = link;
    const { versions, node } = await link.call<BootAnswer>("boot", [options()], signal);
    // Not before: the boot has a limit of its own.
    link.watch(() => lose("it does not answer any more"), this.#options.heartbeat);
    this.#parts = {
      link,
      versions,
      node,
      processes: remoteProcesses(link, this.#mirror),
      database: remoteDatabase(link),
      queue: remoteQueue(link),
      shell: new ContainerShell(container, link),
    };
  }

  dispose(reason: Error): void {
    this.#parts = null;
    this.#link?.lose(reason);
    this.#link = null;
    this.#release?.();
    this.#release = null;
  }
}

const tooLate = (limitMs: number) =>
  new BootError(
    `Rails did not come up in the WebContainer within ${Math.round(limitMs / 1000)} seconds.`,
  );
