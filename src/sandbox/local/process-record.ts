/** One process as the sandbox holds it: its worker, its control words, what it was asked and answered. */
import { ProcessControl, type DeliverableSignal } from "../control.ts";
import type { ProcessRole, Request } from "../protocol.ts";
import {
  ProcessStartError,
  SandboxError,
  type ProcessExit,
  type ProcessInfo,
  type RubyError,
  type SourceLocation,
} from "../sandbox.ts";
import { closeChannel, type ChannelRequest, type SyncServer } from "../sync-channel.ts";
import { OpenTransactions } from "./open-transactions.ts";
import type { WorkerHandle } from "./platform.ts";

export interface Answer {
  answer: Record<string, unknown>;
  blobs: Uint8Array[];
}

/** What the sandbox has of a process's two channels. */
export interface ProcessChannels {
  kernel: Pick<SyncServer, "receive">;
  /** What the process and the database share. */
  database: SharedArrayBuffer;
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export class ProcessRecord {
  readonly info: ProcessInfo;
  readonly role: ProcessRole;
  readonly control = new ProcessControl();
  readonly transactions = new OpenTransactions();
  readonly worker: WorkerHandle;
  /** Resolves when it runs; rejects when it ends before that. */
  readonly started = Promise.withResolvers<void>();
  readonly ended = Promise.withResolvers<ProcessExit>();
  /** Null once it has ended: their buffers are large, and records are kept. */
  #channels: ProcessChannels | null;
  readonly #inbox: { message: Request & { id: number }; blobs: Uint8Array[] }[] = [];
  readonly #waiting = new Map<number, Waiting>();
  /** What INT is meant for: a question that the process works on. */
  interrupted: number | null = null;
  readonly #sources = new Map<number, string>();
  #lastId = 0;

  constructor(
    role: ProcessRole,
    info: ProcessInfo,
    worker: WorkerHandle,
    channels: ProcessChannels,
  ) {
    this.role = role;
    this.info = info;
    this.worker = worker;
    this.#channels = channels;
    this.started.promise.catch(() => undefined);
  }

  /** Not among the processes that the learner sees. */
  get hidden(): boolean {
    return this.role === "dashboard";
  }

  get alive(): boolean {
    return this.info.status !== "exited";
  }

  /**
   * Asks the process and resolves with its answer. Rejects with SandboxError when it ends before.
   * @param id from `nextId`, for who may take the question back
   */
  ask(request: Request, blobs: Uint8Array[] = [], id = this.nextId()): Promise<Answer> {
    if (!this.alive) return Promise.reject(this.#gone());
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#inbox.push({ message: { id, ...request }, blobs });
      this.control.wake();
    });
  }

  nextId(): number {
    return ++this.#lastId;
  }

  /** Takes back something that the process has not begun with. False when it has, or has answered. */
  withdraw(id: number): boolean {
    const index = this.#inbox.findIndex(({ message }) => message.id === id);
    if (index === -1) return false;
    this.#inbox.splice(index, 1);
    this.#waiting.delete(id);
    return true;
  }

  /** Does somebody wait for an answer of the process? */
  get asked(): boolean {
    return this.#waiting.size > 0;
  }

  /** The next thing that the process is asked, if any. */
  takeRequest(): { message: Record<string, unknown>; blobs: Uint8Array[] } | undefined {
    return this.#inbox.shift();
  }

  answer(id: number, answer: Answer): void {
    this.#waiting.get(id)?.resolve(answer);
    this.#waiting.delete(id);
  }

  /** The database answers no more: whoever waits for it gets an error. */
  loseDatabase(): void {
    if (this.#channels) closeChannel(this.#channels.database);
    this.control.wake();
  }

  /** The process calls. Once it has ended nobody answers. */
  receiveCall(request: ChannelRequest): void {
    this.#channels?.kernel.receive(request);
  }

  /** Who waits for its start goes on. One that was asked to stop meanwhile still is. */
  hasStarted(): void {
    if (this.info.status === "starting") this.info.status = "running";
    this.started.resolve();
  }

  /** It was asked to stop, has dealt with that by itself, and goes on. */
  livesOn(): void {
    if (this.info.status === "stopping") this.info.status = "running";
  }

  signal(signal: DeliverableSignal): void {
    this.control.raiseSignal(signal);
  }

  /** The process will call this file of the app by this number. */
  nameSource(index: number, path: string): void {
    this.#sources.set(index, path);
  }

  /** The line of the app's code that began last and whose request or job has not ended; null when not known. */
  get lastLine(): SourceLocation | null {
    const path = this.#sources.get(this.control.lastLine >>> 16);
    return path === undefined ? null : { path, line: this.control.lastLine & 0xffff };
  }

  /**
   * Stops the worker and settles everything that waits for the process.
   * @param error what Ruby raised, where that ended it
   */
  end(exit: ProcessExit, error: RubyError | null = null): void {
    this.info.status = "exited";
    this.info.exit = exit;
    this.control.kill();
    this.worker.terminate();
    this.#channels = null;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone());
    this.#waiting.clear();
    this.started.reject(new ProcessStartError(this.#gone().message, error));
    this.ended.resolve(exit);
  }

  #gone(): SandboxError {
    const reason = this.info.exit?.reason ?? "";
    return new SandboxError(
      `The process ${this.info.name} (pid ${this.info.pid}) has ended: ${reason}`,
    );
  }
}
