/** The sandbox under Node: worker_threads. Serves tests, authors and the command line. */
import { MessageChannel, Worker, type Transferable } from "node:worker_threads";
import { loadImageModule } from "../process/image-module-node.ts";
import type { Sandbox } from "../sandbox.ts";
import { LocalSandbox } from "./local-sandbox.ts";
import type { Platform, WorkerHandle } from "./platform.ts";

export function createNodeSandbox(): Sandbox {
  return new LocalSandbox(nodePlatform);
}

/** Where the scripts of the workers lie, which a bundle moves. */
export interface NodeScripts {
  process: URL;
  database: URL;
  /** photon's module. */
  loadImageLibrary(): Promise<WebAssembly.Module>;
}

/** WebAssembly frames of deep Ruby calls want more than Node's worker default of 4 MB. */
const STACK_MB = 8;

export function createNodePlatform(scripts: NodeScripts): Platform {
  return {
    spareProcesses: 0,
    startWorker: (role) =>
      workerHandle(new Worker(scripts[role], { resourceLimits: { stackSizeMb: STACK_MB } })),
    openWorkerChannel() {
      const { port1, port2 } = new MessageChannel();
      return [port1, port2];
    },
    loadImageLibrary: scripts.loadImageLibrary,
  };
}

const source = (name: string) => new URL(`./${name}.ts`, import.meta.url);

/** With the workers' scripts as they lie in the sources. */
export const nodePlatform = createNodePlatform({
  process: source("process-worker-node"),
  database: source("database-worker-node"),
  loadImageLibrary: () => loadImageModule(),
});

function workerHandle(worker: Worker): WorkerHandle {
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer as Transferable[]),
    onMessage: (receive) => void worker.on("message", receive),
    onBroken: (receive) => void worker.on("error", (error: Error) => receive(error.message)),
    terminate: () => void worker.terminate(),
  };
}
