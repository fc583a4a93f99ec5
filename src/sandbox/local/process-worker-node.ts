/** Entry of a process's worker_thread. */
import { parentPort, type MessagePort } from "node:worker_threads";
import { createProcess } from "../process/main.ts";
import type { PrepareMessage, StartMessage } from "../protocol.ts";

const receive = createProcess<MessagePort>((message, transfer) =>
  parentPort?.postMessage(message, transfer),
);

parentPort?.on("message", (message: PrepareMessage | StartMessage<MessagePort>) =>
  receive(message),
);
