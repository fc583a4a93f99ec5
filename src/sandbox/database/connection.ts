import type { Frame } from "../frame.ts";
import type { Binds } from "./binds.ts";
import type { Engine } from "./engine.ts";
import { RequestError } from "./errors.ts";
import { applyChangeset, deserializeDatabase, openDatabase, serializeDatabase } from "./open.ts";
import type { ConnectionOptions } from "./open.ts";
import { Recorder } from "./recorder.ts";
import type { WireRows } from "./rows.ts";
import { Statements } from "./statements.ts";
import type { Prepared } from "./statements.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

/** What a connection holds of its database: nothing, a snapshot to read, or the one lock to write. */
export const TRANSACTION = { none: 0, read: 1, write: 2 } as const;

/** One real connection of SQLite. */
export class Connection {
  readonly file: string;
  readonly #engine: Engine;
  readonly #db: Pointer;
  readonly #statements: Statements;
  /** Null where it cannot change a database that others see. */
  readonly #recorder: Recorder | null;
  readonly #abandoned: (() => boolean) | undefined;

  /** Throws SqliteError (CANTOPEN) when the file is missing and must not be made. */
  constructor(engine: Engine, options: ConnectionOptions) {
    this.#engine = engine;
    this.file = options.file;
    this.#abandoned = options.abandoned;
    this.#db = openDatabase(engine, options);
    this.#statements = new Statements(engine.sqlite, engine.arena, this.#db);
    const recorded = options.file !== "" && !options.readonly;
    this.#recorder = recorded ? new Recorder(engine, this.#db) : null;
  }

  /**
   * What it has committed since it was last asked, as a changeset; empty for a change of the schema
   * alone, null when nothing was. Throws SqliteError when the changes cannot be told.
   */
  takeCommitted(): Uint8Array | null {
    return this.#recorder === null || this.inTransaction ? null : this.#recorder.take();
  }

  /** Changes with every change of the schema. */
  schemaVersion(): number {
    const { fn } = this.#engine.sqlite;
    return this.run("PRAGMA schema_version", ({ pointer }) => {
      fn.sqlite3_step(pointer);
      return Number(fn.sqlite3_column_int64(pointer, 0));
    }).rows;
  }

  /** From now on an authorizer (authorizer.ts) is asked about each statement; 0 allows all again. */
  authorize(authorizer: Pointer): void {
    this.#engine.sqlite.fn.sqlite3_set_authorizer(this.#db, authorizer, 0);
  }

  /** How many rows it has inserted, updated and deleted since it was opened. */
  get totalChanges(): number {
    return this.#engine.sqlite.fn.sqlite3_total_changes(this.#db);
  }

  /** Replaces a database in memory by the bytes of a file. Throws SqliteError. */
  load(bytes: Uint8Array): void {
    deserializeDatabase(this.#engine, this.#db, bytes);
  }

  /** Applies a changeset, or undoes it. Throws SqliteError when the rows are not as it expects. */
  apply(changeset: Uint8Array, undo: boolean): void {
    applyChangeset(this.#engine, this.#db, changeset, undo);
  }

  /** One of TRANSACTION. */
  get transactionState(): number {
    return this.#engine.sqlite.fn.sqlite3_txn_state(this.#db, 0);
  }

  get inTransaction(): boolean {
    return this.#engine.sqlite.fn.sqlite3_get_autocommit(this.#db) === 0;
  }

  /** How many compiled statements it keeps. */
  get statementCount(): number {
    return this.#statements.size;
  }

  /**
   * Runs the first statement of the text to its end.
   * @param shape the columns that the caller knows; they are left out of the answer when they still hold
   * @throws {SqliteError}
   */
  execute(sql: string, binds: Binds, blobs: readonly Uint8Array[], shape: unknown): Frame {
    const { rows, prepared } = this.run(sql, (statement) => {
      this.#engine.binder.bind(this.#db, statement.pointer, binds, blobs);
      return this.#engine.rows.write(this.#db, statement.pointer);
    });
    return this.#answer(prepared, rows, shape);
  }

  /** Lets `read` bind and step the first statement of the text, then puts it back. */
  run<T>(
    sql: string,
    read: (prepared: Prepared, db: Pointer) => T,
  ): { rows: T; prepared: Prepared } {
    const prepared = this.#statements.take(sql);
    if (prepared.pointer === 0) throw new RequestError("cannot use a closed statement");
    this.#engine.sqlite.startTimer(this.#engine.statementLimit, this.#abandoned);
    try {
      const rows = read(prepared, this.#db);
      this.#statements.refreshColumns(prepared);
      return { rows, prepared };
    } finally {
      this.#statements.put(sql, prepared);
      this.#engine.arena.release();
    }
  }

  /** What is known of a statement without running it. Throws SqliteError when it does not compile. */
  describe(sql: string): Frame {
    const { fn } = this.#engine.sqlite;
    const prepared = this.#statements.take(sql);
    try {
      if (prepared.pointer !== 0) this.#statements.refreshColumns(prepared);
      const types = prepared.columns.map((_, i) => this.#declaredType(prepared.pointer, i));
      const parameters =
        prepared.pointer === 0 ? 0 : fn.sqlite3_bind_parameter_count(prepared.pointer);
      const readonly = prepared.pointer !== 0 && fn.sqlite3_stmt_readonly(prepared.pointer) !== 0;
      const { columns, length } = prepared;
      const empty = prepared.pointer === 0;
      return {
        json: JSON.stringify({ columns, types, parameters, readonly, empty, length }),
        blobs: [],
      };
    } finally {
      this.#statements.put(sql, prepared);
    }
  }

  /** The answer to a batch, which reads no rows. */
  status(): Frame {
    return { json: `{${this.#counters()}}`, blobs: [] };
  }

  /** Runs the first statement of `sql` and drops its rows. Returns how many bytes of the text it took. */
  step(sql: Uint8Array): number {
    const { arena, sqlite } = this.#engine;
    arena.reserve(sql.byteLength);
    const start = arena.next;
    arena.writeBytes(sql);
    const prepared = this.#statements.prepareAt(start, sql.byteLength);
    if (prepared.pointer === 0) return sql.byteLength;
    sqlite.startTimer(this.#engine.statementLimit, this.#abandoned);
    let code: number = SQLITE.ROW;
    while (code === SQLITE.ROW) code = sqlite.fn.sqlite3_step(prepared.pointer);
    const failed = code === SQLITE.DONE ? null : sqlite.error(this.#db);
    this.#statements.finalize(prepared);
    arena.release();
    if (failed !== null) throw failed;
    return prepared.length;
  }

  /** The database as a file, with what still lies in the WAL. */
  serialize(): Uint8Array {
    return serializeDatabase(this.#engine, this.#db);
  }

  /** Rolls an open transaction back and lets every lock go. */
  close(): void {
    this.#statements.clear();
    this.#recorder?.close();
    this.#engine.sqlite.fn.sqlite3_close_v2(this.#db);
  }

  #answer(prepared: Prepared, { rows, patches, blobs }: WireRows, shape: unknown): Frame {
    let json = `{"shape":${prepared.shape},"rows":[${rows}],${this.#counters()}`;
    if (prepared.shape !== shape) json += `,"columns":${prepared.columnsJson}`;
    if (patches !== "") json += `,"patches":[${patches}]`;
    if (blobs.length > 0) json += `,"blobs":[${blobs.map((blob) => blob.byteLength).join(",")}]`;
    return { json: json + "}", blobs };
  }

  #counters(): string {
    const { fn } = this.#engine.sqlite;
    const changes = fn.sqlite3_changes(this.#db);
    const total = fn.sqlite3_total_changes(this.#db);
    const last = fn.sqlite3_last_insert_rowid(this.#db);
    return `"changes":${changes},"total_changes":${total},"last_insert_row_id":${last},"transaction":${this.inTransaction}`;
  }

  #declaredType(statement: Pointer, column: number): string | null {
    const { fn } = this.#engine.sqlite;
    const type = fn.sqlite3_column_decltype(statement, column);
    return type === 0 ? null : this.#engine.sqlite.cString(type);
  }
}
