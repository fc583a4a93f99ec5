/** What the page asks of the databases: reading, also of the past, statements of its own, and whole files. */
import { DatabaseError } from "../sandbox.ts";
import type { ExecuteResult, QueryResult, SchemaItem, SqlValue, TableInfo } from "../sandbox.ts";
import type { ChangeLog } from "./change-log.ts";
import type { Client, Clients } from "./clients.ts";
import type { Engine } from "./engine.ts";
import { PageAccess } from "./page.ts";
import { normalizePath } from "./paths.ts";
import { readSchema, readTables } from "./schema.ts";
import type { WaitingLine } from "./waiting-line.ts";
import { PageWriter } from "./writer.ts";

export class PageDatabases {
  readonly #clients: Clients;
  readonly #waiting: WaitingLine;
  readonly #log: ChangeLog;
  readonly #page: PageAccess;
  /** What is read for the engine itself: nobody else's statements run on these connections. */
  readonly #backend: PageAccess;
  readonly #writer: PageWriter;
  readonly #paths = new Set<string>();

  /** @param note called after every statement that may write */
  constructor(
    engine: Engine,
    clients: Clients,
    waiting: WaitingLine,
    log: ChangeLog,
    note: (client: Client) => void,
  ) {
    this.#clients = clients;
    this.#waiting = waiting;
    this.#log = log;
    this.#page = new PageAccess(engine);
    this.#backend = new PageAccess(engine);
    this.#writer = new PageWriter(engine, clients, waiting, note);
  }

  /** From now on there is a database at this path, as `normalizePath` gives it. */
  open(path: string): void {
    this.#paths.add(path);
    this.#log.history(path);
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

  /** As `query` of now, for the queue backend on a connection of its own. */
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
    this.open(name);
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
