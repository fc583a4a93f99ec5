/** The plain way, as public packages do it: rails.wasm whole, booted in a worker at every visit. */
import type { BootFigures, PlainWorkFigures } from "../measures.ts";
import type { PlainAnswer, PlainRequest } from "./plain-worker.ts";

export async function measurePlainBoot(): Promise<BootFigures> {
  const started = performance.now();
  const module = await load();
  const loaded = performance.now() - started;
  const first = await boot(module, started);
  const again = performance.now();
  await boot(module, again);
  return { loaded, ...first, nextProcess: performance.now() - again };
}

export async function measurePlainWork(parameters: URLSearchParams): Promise<PlainWorkFigures> {
  const jobs = Number(parameters.get("count") ?? 300);
  const { worker, answers } = start({ module: await load(), jobs });
  await answers.next();
  await answers.next();
  const { step: _, ...figures } = (await answers.next()) as Answered<"worked">;
  worker.terminate();
  return figures;
}

const load = () => WebAssembly.compileStreaming(fetch("/rails.wasm"));

type Answered<Step extends PlainAnswer["step"]> = Extract<PlainAnswer, { step: Step }>;

/** Boots and enqueues once in a worker of its own; times count from `started`. */
async function boot(module: WebAssembly.Module, started: number) {
  const { worker, answers } = start({ module, jobs: 0 });
  await answers.next();
  const booted = performance.now() - started;
  const { memoryBytes } = (await answers.next()) as Answered<"enqueued">;
  const firstEnqueue = performance.now() - started;
  worker.terminate();
  return { booted, firstEnqueue, memoryBytes };
}

function start(request: PlainRequest) {
  const worker = new Worker(new URL("./plain-worker.ts", import.meta.url), { type: "module" });
  const answers = answersOf(worker);
  worker.postMessage(request);
  return { worker, answers };
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
