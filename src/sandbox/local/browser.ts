/** The sandbox in the tab itself: Web Workers. */
import { loadImageModule } from "../process/image-module-browser.ts";
import type { Sandbox } from "../sandbox.ts";
import { LocalSandbox } from "./local-sandbox.ts";
import type { Platform, WorkerHandle } from "./platform.ts";

export function createBrowserSandbox(): Sandbox {
  return new LocalSandbox(browserPlatform);
}

/** In GiB, where the browser says: Firefox and Safari do not. */
const { deviceMemory = 0 } = navigator as { deviceMemory?: number };
const ROOMY = 8;

const browserPlatform: Platform = {
  spareProcesses: deviceMemory >= ROOMY ? 1 : 0,
  startWorker: (role) => workerHandle(role === "process" ? processWorker() : databaseWorker()),
  openWorkerChannel() {
    const { port1, port2 } = new MessageChannel();
    return [port1, port2];
  },
  loadImageLibrary: () => loadImageModule(),
};

// The bundler wants the URL to stand inside `new Worker(...)`.
function processWorker(): Worker {
  return new Worker(new URL("./process-worker-browser.ts", import.meta.url), { type: "module" });
}

function databaseWorker(): Worker {
  return new Worker(new URL("./database-worker-browser.ts", import.meta.url), { type: "module" });
}

function workerHandle(worker: Worker): WorkerHandle {
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer as Transferable[]),
    onMessage: (receive) =>
      (worker.onmessage = (event: MessageEvent<unknown>) => receive(event.data)),
    onBroken: (receive) => {
      worker.onerror = (event) =>
        receive(event.message || "The worker's script could not be loaded.");
      worker.onmessageerror = () => receive("A message to the worker could not be read.");
    },
    terminate: () => worker.terminate(),
  };
}
