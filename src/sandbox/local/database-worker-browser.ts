/** Entry of the database server's Web Worker. Its first message is the clock's buffer. */
import { serveDatabase } from "../database/worker.ts";
import type { DatabaseWorkerMessage } from "../protocol.ts";

const worker = {
  listen(port: unknown, receive: (message: unknown) => void) {
    (port as MessagePort).onmessage = (event: MessageEvent<unknown>) => receive(event.data);
  },
  post: (message: unknown, transfer: Transferable[] = []) => postMessage(message, { transfer }),
};

onmessage = (event: MessageEvent<SharedArrayBuffer>) => {
  serveDatabase(event.data, worker).then(
    (receive) =>
      (onmessage = (next: MessageEvent<DatabaseWorkerMessage<unknown>>) => receive(next.data)),
    (error: unknown) => worker.post({ type: "failed", message: String(error) }),
  );
};
