/** One process as the sandbox holds it: its worker, its control words, what it was asked and answered. */
import { ProcessControl, type DeliverableSignal } from "../control.ts";
import type { Request } from "../protocol.ts";
import { SandboxError, type ProcessExit, type ProcessInfo } from "../sandbox.ts";
import { closeChannel, createChannelBuffer } from "../sync-channel.ts";
import { OpenTransactions } from "./open-transactions.ts";
import type { PortHandle, WorkerHandle } from "./platform.ts";

export interface Answer {
  answer: Record<string, unknown>;
  blobs: Uint8Array[];
}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export class ProcessRecord {
  readonly info: ProcessInfo;
  readonly control = new ProcessControl();
  readonly transactions = new OpenTransactions();
  readonly worker: WorkerHandle;
  readonly kernelPort: PortHandle;
  /** Resolves when it runs; rejects when it ends before that. */
  readonly started = Promise.withResolvers<void>();
  readonly ended = Promise.withResolvers<ProcessExit>();
  readonly databaseBuffer = createChannelBuffer();
  readonly #inbox: { message: Request & { id: number }; blobs: Uint8Array[] }[] = [];
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(info: ProcessInfo, worker: WorkerHandle, kernelPort: PortHandle) {
    this.info = info;
    this.worker = worker;
    this.kernelPort = kernelPort;
    this.started.promise.catch(() => undefined);
  }

  get alive(): boolean {
    return this.info.status !== "exited";
  }

  /** Asks the process and resolves with its answer. Rejects with SandboxError when it ends before. */
  ask(request: Request, blobs: Uint8Array[] = []): Promise<Answer> {
    if (!this.alive) return Promise.reject(this.#gone());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#inbox.push({ message: { id, ...request }, blobs });
      this.control.wake();
    });
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
    closeChannel(this.databaseBuffer);
    this.control.wake();
  }

  signal(signal: DeliverableSignal): void {
    this.control.raiseSignal(signal);
  }

  /** Stops the worker and settles everything that waits for the process. */
  end(exit: ProcessExit): void {
    this.info.status = "exited";
    this.info.exit = exit;
    this.control.kill();
    this.worker.terminate();
    this.kernelPort.close();
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone());
    this.#waiting.clear();
    this.started.reject(this.#gone());
    this.ended.resolve(exit);
  }

  #gone(): SandboxError {
    const reason = this.info.exit?.reason ?? "";
    return new SandboxError(
      `The process ${this.info.name} (pid ${this.info.pid}) has ended: ${reason}`,
    );
  }
}
