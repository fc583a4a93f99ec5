/** Entry of the database server's worker_thread. Its first message is the clock's buffer. */
import { parentPort, type MessagePort, type Transferable } from "node:worker_threads";
import { serveDatabase } from "../database/worker.ts";

const worker = {
  listen: (port: unknown, receive: (message: unknown) => void) =>
    void (port as MessagePort).on("message", receive),
  post: (message: unknown, transfer: Transferable[] = []) =>
    parentPort?.postMessage(message, transfer),
};

parentPort?.once("message", (clock: SharedArrayBuffer) => {
  serveDatabase(clock, worker).then(
    (receive) => parentPort?.on("message", receive),
    (error: unknown) => worker.post({ type: "failed", message: String(error) }),
  );
});
