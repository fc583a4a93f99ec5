import { decodeFrame, encodeFrame } from "../frame.ts";
import type { Frame } from "../frame.ts";
import { DatabaseError } from "../sandbox.ts";
import type { QueryResult, SqlValue, TableInfo } from "../sandbox.ts";
import { Clients } from "./clients.ts";
import { Engine } from "./engine.ts";
import { errorJson, isTrap } from "./errors.ts";
import { removeFile } from "./files.ts";
import { Operations } from "./operations.ts";
import { PageAccess } from "./page.ts";
import { listLocks } from "./locks.ts";
import type { PathLock } from "./locks.ts";
import { normalizePath } from "./paths.ts";
import { WaitingLine } from "./waiting-line.ts";

export interface DatabaseServerOptions {
  /** Called inside `handle` or `disconnect` when the answer to a parked request can be collected. */
  onTicketReady?: (pid: number, ticket: number) => void;
  /** Called when SQLite itself trapped: its memory can no longer be trusted. */
  onTrap?: (reason: string) => void;
  /** Sandbox time in ms since the epoch, for `CURRENT_TIMESTAMP` and `'now'`. Default: the machine's. */
  now?: () => number;
  /** How long one statement may run, in ms of the machine's time. Default 20,000. */
  statementLimit?: number;
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
  readonly #paths = new Set<string>();
  readonly #onTrap: (reason: string) => void;

  static async create(options: DatabaseServerOptions = {}): Promise<DatabaseServer> {
    const engine = await Engine.load(options.now ?? Date.now, options.statementLimit ?? 20_000);
    return new DatabaseServer(engine, options);
  }

  private constructor(engine: Engine, options: DatabaseServerOptions) {
    this.#engine = engine;
    this.#onTrap = options.onTrap ?? (() => undefined);
    this.#clients = new Clients(engine);
    this.#waiting = new WaitingLine(options.onTicketReady ?? (() => undefined), engine.now);
    this.#operations = new Operations(this.#clients, this.#waiting, (path) =>
      this.#paths.add(path),
    );
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
  }

  /** Of each database whose lock to write is held or waited for: by whom. */
  locks(): PathLock[] {
    return listLocks(this.#clients.holders(), this.#waiting.waiters());
  }

  /** Paths of the databases that were opened or imported so far. */
  names(): string[] {
    return [...this.#paths].sort();
  }

  /** Throws DatabaseError. */
  tables(path: string): TableInfo[] {
    return this.#page.tables(this.#known(path));
  }

  /** Runs one statement that cannot write; sees what is committed. Throws DatabaseError. */
  query(path: string, sql: string, binds: readonly SqlValue[] = []): QueryResult {
    return this.#page.query(this.#known(path), sql, binds);
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
    this.#paths.add(name);
  }

  /** Deletes a database. Throws DatabaseError when a process has it open. */
  remove(path: string): void {
    const name = normalizePath(path);
    this.#refuseOpen(name);
    this.#page.close(name);
    this.#backend.close(name);
    removeFile(this.#engine, name);
    this.#paths.delete(name);
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
