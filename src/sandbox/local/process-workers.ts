/**
 * Workers for processes, prepared ahead: loading the script takes a while and restoring Ruby's memory longer,
 * and neither depends on what the process will be.
 */
import type { BootImage } from "../sandbox.ts";
import type { PrepareMessage } from "../protocol.ts";
import type { Platform, WorkerHandle } from "./platform.ts";

export class ProcessWorkers {
  readonly #platform: Platform;
  readonly #waiting = new Set<WorkerHandle>();
  #image: BootImage | null = null;
  #closed = false;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** From now on every worker restores this image as soon as it can. */
  use(image: BootImage): void {
    this.#image = image;
    for (const worker of this.#waiting) prepare(worker, image);
  }

  /** Sees to it that so many wait. */
  keep(count: number): void {
    while (!this.#closed && this.#waiting.size < count) {
      const worker = this.#start();
      // One that breaks while it waits is forgotten; whoever wants one gets another.
      worker.onBroken(() => this.#waiting.delete(worker));
      this.#waiting.add(worker);
    }
  }

  /** A worker that has the image, or will have it before it looks at its first message. */
  take(): WorkerHandle {
    const [waiting] = this.#waiting;
    if (!waiting) return this.#start();
    this.#waiting.delete(waiting);
    return waiting;
  }

  /** Ends those that wait, and keeps no more. */
  close(): void {
    this.#closed = true;
    for (const worker of this.#waiting) worker.terminate();
    this.#waiting.clear();
  }

  #start(): WorkerHandle {
    const worker = this.#platform.startWorker("process");
    if (this.#image) prepare(worker, this.#image);
    return worker;
  }
}

function prepare(worker: WorkerHandle, { module, memory }: BootImage): void {
  const message: PrepareMessage = { type: "prepare", module, image: memory };
  worker.post(message);
}
