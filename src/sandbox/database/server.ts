import { decodeFrame, encodeFrame } from "../frame.ts";
import type { Frame } from "../frame.ts";
import { DatabaseError } from "../sandbox.ts";
import type { ExecuteResult, QueryResult, SchemaItem, SqlValue, TableInfo } from "../sandbox.ts";
import { ChangeLog } from "./change-log.ts";
import type { PathChanges } from "./change-log.ts";
import { Clients } from "./clients.ts";
import type { Client } from "./clients.ts";
import { Engine } from "./engine.ts";
import { errorJson, isTrap } from "./errors.ts";
import { removeFile } from "./files.ts";
import { Operations } from "./operations.ts";
import { PageAccess } from "./page.ts";
import { listLocks } from "./locks.ts";
import type { PathLock } from "./locks.ts";
import { normalizePath } from "./paths.ts";
import { readSchema, readTables } from "./schema.ts";
import { WaitingLine } from "./waiting-line.ts";
import { PageWriter } from "./writer.ts";

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
  readonly #engine: Engine;
  readonly #clients: Clients;
  readonly #waiting: WaitingLine;
  readonly #operations: Operations;
  readonly #page: PageAccess;
  /** What is read for the engine itself: nobody else's statements run on these connections. */
  readonly #backend: PageAccess;
  readonly #writer: PageWriter;
  readonly #log: ChangeLog;
  readonly #paths = new Set<string>();
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
    this.#operations = new Operations(
      this.#clients,
      this.#waiting,
      (path) => this.#open(path),
      note,
    );
    this.#writer = new PageWriter(engine, this.#clients, this.#waiting, note);
    this.#page = new PageAccess(engine);
    this.#backend = new PageAccess(engine);
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

  /** Paths of the databases that were opened or imported so far. */
  names(): string[] {
    return [...this.#paths].sort();
  }

  /** What has happened since it was last asked, and how the locks are now. */
  takeNews(): { changes: PathChanges[]; locks: PathLock[] } {
    return { changes: this.#log.takeUntold(), locks: this.locks() };
  }

  /**
   * Runs one statement that cannot write; sees what is committed. Throws DatabaseError.
   * @param at sandbox time (ms) of the database to ask; null asks the one of now
   */
  query(
    path: string,
    sql: string,
    binds: readonly SqlValue[] = [],
    at: number | null = null,
  ): QueryResult {
    const name = this.#known(path);
    if (at === null) return this.#page.query(name, sql, binds);
    return this.#page.queryPast(name, sql, binds, at, this.#log.history(name));
  }

  /** Throws DatabaseError. */
  tables(path: string, at: number | null = null): TableInfo[] {
    return readTables((sql, binds) => this.query(path, sql, binds, at));
  }

  /** Throws DatabaseError. */
  schema(path: string, at: number | null = null): SchemaItem[] {
    return readSchema((sql, binds) => this.query(path, sql, binds, at));
  }

  /** The earliest sandbox time (ms) that `at` can be. */
  knownSince(path: string): number {
    return this.#log.history(this.#known(path)).since;
  }

  /** Runs one statement that may write. Rejects with DatabaseError, also when `giveUp` ends the wait. */
  async execute(
    path: string,
    sql: string,
    binds: readonly SqlValue[],
    giveUp: AbortSignal,
  ): Promise<ExecuteResult> {
    const result = await this.#writer.execute(this.#known(path), sql, binds, giveUp);
    this.#waiting.retry();
    return result;
  }

  /** The same for the queue backend, on a connection of its own. */
  backendQuery(path: string, sql: string, binds: readonly SqlValue[] = []): QueryResult {
    return this.#backend.query(this.#known(path), sql, binds);
  }

  /** The database file as it is now, without what is not yet committed. Throws DatabaseError. */
  export(path: string): Uint8Array {
    return this.#page.export(this.#known(path));
  }

  /** Throws DatabaseError when the bytes are not a database, or a damaged one. */
  check(bytes: Uint8Array): void {
    this.#page.check(bytes);
  }

  /** Replaces a database. Throws DatabaseError when a process has it open or the bytes are not a database. */
  import(path: string, bytes: Uint8Array): void {
    const name = normalizePath(path);
    this.#refuseOpen(name);
    this.#backend.close(name);
    this.#page.import(name, bytes);
    this.#log.forget(name);
    this.#open(name);
  }

  /** Deletes a database. Throws DatabaseError when a process has it open. */
  remove(path: string): void {
    const name = normalizePath(path);
    this.#refuseOpen(name);
    this.#page.close(name);
    this.#backend.close(name);
    removeFile(this.#engine, name);
    this.#paths.delete(name);
    this.#log.forget(name);
  }

  /** Closes every connection. */
  close(): void {
    for (const pid of new Set(this.#clients.all().map((client) => client.pid)))
      this.disconnect(pid);
    this.#page.closeAll();
    this.#backend.closeAll();
  }

  #decodeAndHandle(pid: number, request: Uint8Array): Frame {
    try {
      return this.handle(pid, decodeFrame(request));
    } catch (error) {
      return { json: errorJson(error), blobs: [] };
    }
  }

  #open(path: string): void {
    this.#paths.add(path);
    this.#log.history(path);
  }

  #note(client: Client): void {
    const before = client.writingSince;
    this.#clients.noteLock(client);
    const committed = this.#log.note(client);
    if (committed || client.writingSince !== before) this.#onNews();
  }

  #known(path: string): string {
    const name = normalizePath(path);
    if (!this.#paths.has(name)) throw new DatabaseError(`There is no database ${name}`);
    return name;
  }

  #refuseOpen(name: string): void {
    const open = this.#clients.ofPath(name).length > 0;
    if (open) throw new DatabaseError(`${name} is in use: end the processes first`);
  }
}
