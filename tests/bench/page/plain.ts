/** The plain way, as public packages do it: rails.wasm whole, booted in a worker at every visit. */
import type { BootFigures } from "../measures.ts";
import type { PlainAnswer } from "./plain-worker.ts";

export async function measurePlainBoot(): Promise<BootFigures> {
  const started = performance.now();
  const module = await WebAssembly.compileStreaming(fetch("/rails.wasm"));
  const loaded = performance.now() - started;
  const first = await boot(module, started);
  const again = performance.now();
  await boot(module, again);
  return { loaded, ...first, nextProcess: performance.now() - again };
}

/** Boots and enqueues once in a worker of its own; times count from `started`. */
async function boot(module: WebAssembly.Module, started: number) {
  const worker = new Worker(new URL("./plain-worker.ts", import.meta.url), { type: "module" });
  const answers = answersOf(worker);
  worker.postMessage(module);
  await answers.next();
  const booted = performance.now() - started;
  const { memoryBytes } = (await answers.next()) as Extract<PlainAnswer, { step: "enqueued" }>;
  const firstEnqueue = performance.now() - started;
  worker.terminate();
  return { booted, firstEnqueue, memoryBytes };
}

function answersOf(worker: Worker): { next(): Promise<PlainAnswer> } {
  const arrived: PlainAnswer[] = [];
  let wake = () => {};
  let broken: Error | null = null;
  worker.onmessage = (event: MessageEvent<PlainAnswer>) => {
    arrived.push(event.data);
    wake();
  };
  worker.onerror = (event) => {
    broken = new Error(event.message);
    wake();
  };
  return {
    async next() {
      for (;;) {
        const answer = arrived.shift();
        if (answer?.step === "failed") throw new Error(answer.message);
        if (answer) return answer;
        if (broken) throw broken;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
