/** Turns what the database worker tells into events and log lines. */
import type { SharedClock } from "../clock.ts";
import type { DatabaseLock } from "../sandbox.ts";
import type { DatabaseListener, DatabaseNews } from "./database-client.ts";
import type { LocalDatabases } from "./databases.ts";
import type { ProcessTable } from "./process-table.ts";
import type { EventStream, LogStream } from "./streams.ts";

export class DatabaseReporter implements DatabaseListener {
  readonly #events: EventStream;
  readonly #logs: LogStream;
  readonly #clock: SharedClock;
  readonly #machine: () => { databases: LocalDatabases; processes: ProcessTable } | null;
  /** As last told. */
  #locks: DatabaseLock[] = [];

  /** @param machine null while the sandbox does not run */
  constructor(
    events: EventStream,
    logs: LogStream,
    clock: SharedClock,
    machine: () => { databases: LocalDatabases; processes: ProcessTable } | null,
  ) {
    this.#events = events;
    this.#logs = logs;
    this.#clock = clock;
    this.#machine = machine;
  }

  onNews(news: DatabaseNews): void {
    const machine = this.#machine();
    if (machine === null) return;
    for (const { pid, time, ...changes } of machine.databases.named(news.changes)) {
      const process = machine.processes.find(pid)?.info.name ?? "page";
      this.#events.add({ pid, process, time }, { type: "rows.changed", ...changes });
    }
    this.#tellLocks(machine.databases.named(news.locks));
  }

  onStopped(reason: string): void {
    this.#machine()?.processes.loseDatabase();
    this.#events.add(this.#source(), { type: "database.stopped", reason });
    const text = `The database has stopped: ${reason}. Stop the sandbox and start it again.`;
    this.#logs.add([{ ...this.#source(), stream: "stderr", text }]);
  }

  #tellLocks(locks: DatabaseLock[]): void {
    if (JSON.stringify(locks) === JSON.stringify(this.#locks)) return;
    this.#locks = locks;
    this.#events.add(this.#source(), { type: "database.locks", locks });
  }

  #source() {
    return { pid: 0, process: "database", time: this.#clock.now() };
  }
}
