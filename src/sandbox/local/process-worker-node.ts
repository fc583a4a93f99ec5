/** Entry of a process's worker_thread. */
import { parentPort, type MessagePort } from "node:worker_threads";
import { runProcess } from "../process/main.ts";
import type { ProcessMessage, StartMessage } from "../protocol.ts";

const post = (message: ProcessMessage) => parentPort?.postMessage(message);

parentPort?.once("message", (start: StartMessage<MessagePort>) => {
  void runProcess(start, post).catch((error: unknown) => {
    const crash = error instanceof Error ? error.message : String(error);
    post({ type: "exited", code: 1, signal: null, reason: null, error: null, crash });
  });
});
