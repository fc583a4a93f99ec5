import { decodeFrame, encodeFrame } from "../frame.ts";
import type { Frame } from "../frame.ts";
import { ChangeLog } from "./change-log.ts";
import type { PathChanges } from "./change-log.ts";
import { Clients } from "./clients.ts";
import type { Client } from "./clients.ts";
import { Engine } from "./engine.ts";
import { errorJson, isTrap } from "./errors.ts";
import { Operations } from "./operations.ts";
import { PageDatabases } from "./page-databases.ts";
import { listLocks } from "./locks.ts";
import type { PathLock } from "./locks.ts";
import { WaitingLine } from "./waiting-line.ts";

export interface DatabaseServerOptions {
  /** Called inside `handle` or `disconnect` when the answer to a parked request can be collected. */
  onTicketReady?: (pid: number, ticket: number) => void;
  /** Called when there may be something for `takeNews`: a commit, a lock taken, given back or waited for. */
  onNews?: () => void;
  /** Called when SQLite itself trapped: its memory can no longer be trusted. */
  onTrap?: (reason: string) => void;
  /** Sandbox time in ms since the epoch, for `CURRENT_TIMESTAMP` and `'now'`. Default: the machine's. */
  now?: () => number;
  /** How long one statement may run, in ms of the machine's time. Default 20,000. */
  statementLimit?: number;
  /** Asked while a statement of a process runs: true ends the statement, for nobody waits for it. Default: never. */
  isKilled?: (pid: number) => boolean;
}

/**
 * The databases of a sandbox: one SQLite, in which every process has connections of its own to
 * the same files. Synchronous, without workers or ports.
 */
export class DatabaseServer {
  readonly page: PageDatabases;
  readonly #engine: Engine;
  readonly #clients: Clients;
  readonly #waiting: WaitingLine;
  readonly #operations: Operations;
  readonly #log: ChangeLog;
  readonly #onNews: () => void;
  readonly #onTrap: (reason: string) => void;

  static async create(options: DatabaseServerOptions = {}): Promise<DatabaseServer> {
    const engine = await Engine.load(options.now ?? Date.now, options.statementLimit ?? 20_000);
    return new DatabaseServer(engine, options);
  }

  private constructor(engine: Engine, options: DatabaseServerOptions) {
    this.#engine = engine;
    this.#onTrap = options.onTrap ?? (() => undefined);
    this.#clients = new Clients(engine, options.isKilled ?? (() => false));
    this.#waiting = new WaitingLine(
      options.onTicketReady ?? (() => undefined),
      () => this.#onNews(),
      engine.now,
    );
    this.#log = new ChangeLog(engine);
    this.#onNews = options.onNews ?? (() => undefined);
    const note = (client: Client) => this.#note(client);
    this.page = new PageDatabases(engine, this.#clients, this.#waiting, this.#log, note);
    this.#operations = new Operations(
      this.#clients,
      this.#waiting,
      (path) => this.page.open(path),
      note,
    );
  }

  /** SQLite's version, such as "3.54.1". */
  get version(): string {
    return this.#engine.sqlite.version;
  }

  /** SQLite's memory, without the database files. */
  get memoryBytes(): number {
    return this.#engine.sqlite.memoryBytes;
  }

  /** Only needed for a pid that was disconnected before: any other may call at once. */
  connect(pid: number): void {
    this.#clients.admit(pid);
  }

  /** Answers one request of a process. Never throws: what goes wrong is in the answer. */
  handle(pid: number, request: Frame): Frame {
    try {
      this.#clients.checkAlive(pid);
      return this.#operations.run(pid, request);
    } catch (error) {
      if (isTrap(error)) this.#onTrap(String(error));
      return { json: errorJson(error), blobs: [] };
    }
  }

  /** The same with the bytes of frames, as they come through a channel. */
  handleBytes(pid: number, request: Uint8Array): Uint8Array<ArrayBuffer> {
    const answer = this.#decodeAndHandle(pid, request);
    return encodeFrame(answer.json, answer.blobs);
  }

  /** The process is dead: its transactions roll back, its locks are free, nobody collects for it. */
  disconnect(pid: number): void {
    this.#clients.bury(pid);
    for (const client of this.#clients.ofProcess(pid)) {
      this.#waiting.drop(client.connection);
      this.#clients.close(client);
    }
    this.#waiting.retry();
    this.#onNews();
  }

  /** Of each database whose lock to write is held or waited for: by whom. */
  locks(): PathLock[] {
    return listLocks(this.#clients.holders(), this.#waiting.waiters());
  }

  /** What has happened since it was last asked, and how the locks are now. */
  takeNews(): { changes: PathChanges[]; locks: PathLock[] } {
    return { changes: this.#log.takeUntold(), locks: this.locks() };
  }

  #decodeAndHandle(pid: number, request: Uint8Array): Frame {
    try {
      return this.handle(pid, decodeFrame(request));
    } catch (error) {
      return { json: errorJson(error), blobs: [] };
    }
  }

  #note(client: Client): void {
    const before = client.writingSince;
    this.#clients.noteLock(client);
    const committed = this.#log.note(client);
    if (committed || client.writingSince !== before) this.#onNews();
  }
}
