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

export type DatabaseNews = Extract<DatabaseWorkerAnswer, { type: "news" }>;

export interface DatabaseListener {
  onNews(news: DatabaseNews): void;
  /** Called once, with the reason, when the worker breaks. */
  onStopped(reason: string): void;
}

export class DatabaseClient {
  readonly #listener: DatabaseListener;
  readonly #worker: WorkerHandle;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ready: Promise<void>;
  #lastId = 0;
  #stop: (reason: string) => void = () => undefined;
  /** Why it answers no more; null while it does. */
  #ended: DatabaseError | null = null;

  constructor(platform: Platform, clock: SharedClock, listener: DatabaseListener) {
    this.#listener = listener;
    this.#worker = platform.startWorker("database");
    this.#ready = new Promise((resolve, reject) => {
      this.#stop = (reason) => {
        reject(new BootError(`The database could not start: ${reason}`));
        if (this.#ended) return;
        this.terminate(new DatabaseError(`The database has stopped: ${reason}`));
        listener.onStopped(reason);
      };
      this.#worker.onBroken(this.#stop);
      this.#worker.onMessage((message) => this.#receive(message as DatabaseWorkerAnswer, resolve));
    });
    // Whoever waits for it is told; while nobody does, its failure is not an unhandled one.
    this.#ready.catch(() => undefined);
    this.#worker.post(clock.buffer);
  }

  /** True when it answers no more. */
  get stopped(): boolean {
    return this.#ended !== null;
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
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#post({ type: "ask", id, question });
    });
  }

  terminate(reason = new DatabaseError("The sandbox was stopped.")): void {
    this.#worker.terminate();
    this.#end(reason);
  }

  #end(error: DatabaseError): void {
    this.#ended ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }

  #post(message: DatabaseWorkerMessage<unknown>, transfer: unknown[] = []): void {
    this.#worker.post(message, transfer);
  }

  #receive(message: DatabaseWorkerAnswer, ready: () => void): void {
    if (message.type === "ready") return ready();
    if (message.type === "failed") return this.#stop(message.message);
    if (message.type === "news") return this.#listener.onNews(message);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === "answer") waiting?.resolve(message.value);
    else waiting?.reject(new DatabaseError(message.message));
  }
}
