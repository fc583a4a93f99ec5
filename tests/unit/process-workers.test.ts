import { beforeEach, expect, test } from "vitest";
import type { Platform, WorkerHandle } from "../../src/sandbox/local/platform.ts";
import { ProcessWorkers } from "../../src/sandbox/local/process-workers.ts";
import type { BootImage } from "../../src/sandbox/sandbox.ts";

class FakeWorker implements WorkerHandle {
  readonly told: unknown[] = [];
  ended = false;
  break: (reason: string) => void = () => undefined;

  post(message: unknown): void {
    this.told.push(message);
  }

  onMessage(): void {
    // nobody asks in these tests
  }

  onBroken(receive: (reason: string) => void): void {
    this.break = receive;
  }

  terminate(): void {
    this.ended = true;
  }
}

const image = { module: "module", memory: "memory" } as unknown as BootImage;
const prepared = { type: "prepare", module: "module", image: "memory" };

let started: FakeWorker[];
let workers: ProcessWorkers;
beforeEach(() => {
  started = [];
  const startWorker = () => {
    const worker = new FakeWorker();
    started.push(worker);
    return worker;
  };
  workers = new ProcessWorkers({ startWorker } as unknown as Platform);
});

test("those that wait are prepared as soon as there is an image, and later ones at once", () => {
  workers.keep(2);
  workers.use(image);
  workers.keep(3);
  expect(started.map(({ told }) => told)).toEqual([[prepared], [prepared], [prepared]]);
});

test("a waiting worker is taken, and where none waits a new one", () => {
  workers.use(image);
  workers.keep(1);
  expect(workers.take()).toBe(started[0]);
  expect(workers.take()).toBe(started[1]);
  expect(started[1]?.told).toEqual([prepared]);
});

test("one that breaks while it waits is not taken", () => {
  workers.keep(2);
  started[0]?.break("no memory");
  expect(workers.take()).toBe(started[1]);
});

test("closing ends those that wait, and only those", () => {
  workers.keep(2);
  workers.take();
  workers.close();
  workers.keep(5);
  expect(started.map(({ ended }) => ended)).toEqual([false, true]);
});
