/** What differs between a browser tab and Node: how workers and ports are made. */
export interface WorkerHandle {
  post(message: unknown, transfer?: unknown[]): void;
  onMessage(receive: (message: unknown) => void): void;
  /** Called once, with a sentence, when the worker itself breaks. */
  onBroken(receive: (reason: string) => void): void;
  /** Ends it at once, whatever it does. */
  terminate(): void;
}

export interface Platform {
  /** How many processes more than there are it keeps ready to start, each with the memory of one. */
  readonly spareProcesses: number;
  startWorker(role: "process" | "database"): WorkerHandle;
  /** Both ends (transferables) of a channel between two workers. */
  openWorkerChannel(): [unknown, unknown];
  /** photon's module. */
  loadImageLibrary(): Promise<WebAssembly.Module>;
}
