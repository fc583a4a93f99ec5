/** The sandbox's side of the database worker. */
import type { SharedClock } from "../clock.ts";
import type { ProcessControl } from "../control.ts";
import type {
  ChannelEnd,
  DatabaseQuestion,
  DatabaseWorkerAnswer,
  DatabaseWorkerMessage,
} from "../protocol.ts";
import { BootError, DatabaseError } from "../sandbox.ts";
import type { Platform, WorkerHandle } from "./platform.ts";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class DatabaseClient {
  readonly #worker: WorkerHandle;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ready: Promise<void>;
  #lastId = 0;

  constructor(platform: Platform, clock: SharedClock) {
    this.#worker = platform.startWorker("database");
    this.#ready = new Promise((resolve, reject) => {
      this.#worker.onBroken((reason) =>
        reject(new BootError(`The database could not start: ${reason}`)),
      );
      this.#worker.onMessage((message) =>
        this.#receive(message as DatabaseWorkerAnswer, resolve, reject),
      );
    });
    this.#worker.post(clock.buffer);
  }

  /** Resolves when SQLite is loaded. Rejects with BootError. */
  ready(): Promise<void> {
    return this.#ready;
  }

  connect(pid: number, control: ProcessControl, channel: ChannelEnd<unknown>): void {
    this.#post({ type: "connect", pid, control: control.buffer, channel }, [channel.port]);
  }

  /** Rolls back what the process has open and frees its locks. */
  disconnect(pid: number): void {
    this.#post({ type: "disconnect", pid });
  }

  /** Rejects with DatabaseError. */
  ask<Value>(question: DatabaseQuestion): Promise<Value> {
    const id = ++this.#lastId;
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#post({ type: "ask", id, question });
    });
  }

  terminate(): void {
    this.#worker.terminate();
    for (const waiting of this.#waiting.values())
      waiting.reject(new DatabaseError("The sandbox was stopped."));
    this.#waiting.clear();
  }

  #post(message: DatabaseWorkerMessage<unknown>, transfer: unknown[] = []): void {
    this.#worker.post(message, transfer);
  }

  #receive(message: DatabaseWorkerAnswer, ready: () => void, failed: (error: Error) => void): void {
    if (message.type === "ready") return ready();
    if (message.type === "failed")
      return failed(new BootError(`The database could not start: ${message.message}`));
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === "answer") waiting?.resolve(message.value);
    else waiting?.reject(new DatabaseError(message.message));
  }
}
