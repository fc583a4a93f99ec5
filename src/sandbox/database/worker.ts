/** The worker around `DatabaseServer`: the same code in a Web Worker and in a worker_thread. */
import { SharedClock } from "../clock.ts";
import { ProcessControl } from "../control.ts";
import type { DatabaseQuestion, DatabaseWorkerAnswer, DatabaseWorkerMessage } from "../protocol.ts";
import { SyncServer } from "../sync-channel.ts";
import { isTrap } from "./errors.ts";
import { DatabaseServer } from "./server.ts";

/** What happens within so many ms is told together. */
const NEWS_MS = 50;
/** How long a statement of the page waits for its turn, in ms: as config/database.yml has it. */
const PATIENCE_MS = 5_000;

export interface WorkerPort {
  /** Calls back for every message of a process's port. */
  listen(port: unknown, receive: (message: unknown) => void): void;
  post(message: DatabaseWorkerAnswer, transfer?: ArrayBuffer[]): void;
}

/** Loads SQLite, posts `ready`, and returns what takes the worker's further messages. */
export async function serveDatabase(
  clock: SharedArrayBuffer,
  worker: WorkerPort,
): Promise<(message: DatabaseWorkerMessage<unknown>) => void> {
  const time = new SharedClock(clock);
  let timer: ReturnType<typeof setTimeout> | null = null;
  const controls = new Map<number, ProcessControl>();
  const server = await DatabaseServer.create({
    onTicketReady: (pid) => controls.get(pid)?.wake(),
    onTrap: failed,
    onNews,
    now: () => time.now(),
    isKilled: (pid) => controls.get(pid)?.killed ?? false,
  });

  function onNews(): void {
    timer ??= setTimeout(tellNews, NEWS_MS);
  }

  function tellNews(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    worker.post({ type: "news", ...server.takeNews() });
  }

  function failed(message: string): void {
    worker.post({ type: "failed", message });
  }

  function connect(message: Extract<DatabaseWorkerMessage<unknown>, { type: "connect" }>): void {
    controls.set(message.pid, new ProcessControl(message.control));
    server.connect(message.pid);
    const channel = new SyncServer(message.channel.buffer, (bytes) =>
      server.handleBytes(message.pid, bytes),
    );
    worker.listen(message.channel.port, (request) => channel.receive(request));
  }

  async function ask(id: number, question: DatabaseQuestion): Promise<void> {
    try {
      const value = await answer(server, question);
      // Who has an answer has been told all that it rests on; also before the clock jumps.
      if (timer !== null) tellNews();
      // An exported database can be large: it is handed over, not copied.
      const files = question.ask === "export" ? (value as Uint8Array<ArrayBuffer>[]) : [];
      const transfer = files.map(({ buffer }) => buffer);
      worker.post({ type: "answer", id, value }, transfer);
    } catch (error) {
      const { message, cause } = error instanceof Error ? error : new Error(String(error));
      if (isTrap(error) || isTrap(cause)) failed(message);
      worker.post({ type: "refused", id, message });
    }
  }

  worker.post({ type: "ready" });
  return (message) => {
    if (message.type === "connect") connect(message);
    else if (message.type === "ask") void ask(message.id, message.question);
    else {
      server.disconnect(message.pid);
      controls.delete(message.pid);
    }
  };
}

function answer(server: DatabaseServer, question: DatabaseQuestion): unknown {
  switch (question.ask) {
    case "tables":
      return server.page.tables(question.path, question.at);
    case "schema":
      return server.page.schema(question.path, question.at);
    case "query":
      return server.page.query(question.path, question.sql, question.binds, question.at);
    case "backendQuery":
      return server.page.backendQuery(question.path, question.sql, question.binds);
    case "execute": {
      const giveUp = AbortSignal.timeout(PATIENCE_MS);
      return server.page.execute(question.path, question.sql, question.binds, giveUp);
    }
    case "knownSince":
      return server.page.knownSince(question.path);
    case "locks":
      return server.locks();
    case "export":
      return question.paths.map((path) => server.page.export(path));
    case "check":
      return server.page.check(question.bytes);
    case "import":
      return server.page.import(question.path, question.bytes);
  }
}
