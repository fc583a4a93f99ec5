import type { Arena } from "./arena.ts";
import type { Sqlite } from "./sqlite.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

/** Longer texts are seldom run twice, and each would keep its length of memory. */
const MAX_KEPT_LENGTH = 16 * 1024;
const MAX_KEPT = 200;

/** One compiled statement. `pointer` is 0 for a text without any, such as a comment. */
export interface Prepared {
  readonly pointer: Pointer;
  /** How many bytes of the text it takes. */
  readonly length: number;
  /** Numbers a set of columns; a new one whenever they may have changed. 0 when there are none. */
  shape: number;
  columns: readonly string[];
  columnsJson: string;
  reprepared: number;
}

/** The compiled statements of one connection, of which the least recently used are let go. */
export class Statements {
  readonly #sqlite: Sqlite;
  readonly #arena: Arena;
  readonly #db: Pointer;
  readonly #kept = new Map<string, Prepared>();

  constructor(sqlite: Sqlite, arena: Arena, db: Pointer) {
    this.#sqlite = sqlite;
    this.#arena = arena;
    this.#db = db;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** The statement, taken out of the cache; hand it back with `put`. Throws SqliteError when it does not compile. */
  take(sql: string): Prepared {
    const kept = this.#kept.get(sql);
    if (kept === undefined) return this.prepare(sql);
    this.#kept.delete(sql);
    return kept;
  }

  /** Resets the statement and keeps it for the next time, or finalizes it. */
  put(sql: string, prepared: Prepared): void {
    if (prepared.pointer === 0) return;
    this.#sqlite.fn.sqlite3_reset(prepared.pointer);
    this.#sqlite.fn.sqlite3_clear_bindings(prepared.pointer);
    if (sql.length > MAX_KEPT_LENGTH) return this.finalize(prepared);
    this.#kept.set(sql, prepared);
    if (this.#kept.size > MAX_KEPT) this.#dropOldest();
  }

  /** Compiles the first statement of the text. */
  prepare(sql: string): Prepared {
    this.#arena.reserve(sql.length * 3);
    const start = this.#arena.next;
    const length = this.#arena.writeText(sql);
    return this.prepareAt(start, length);
  }

  prepareAt(start: Pointer, length: number): Prepared {
    const { fn, out } = this.#sqlite;
    const tail = out + 4;
    const code = fn.sqlite3_prepare_v3(
      this.#db,
      start,
      length,
      SQLITE.PREPARE_PERSISTENT,
      out,
      tail,
    );
    if (code !== SQLITE.OK) throw this.#sqlite.error(this.#db, true);
    const [pointer, end] = this.#sqlite.takePointers();
    return {
      pointer,
      length: end - start,
      shape: -1,
      columns: [],
      columnsJson: "[]",
      reprepared: 0,
    };
  }

  finalize(prepared: Prepared): void {
    if (prepared.pointer !== 0) this.#sqlite.fn.sqlite3_finalize(prepared.pointer);
  }

  clear(): void {
    for (const prepared of this.#kept.values()) this.finalize(prepared);
    this.#kept.clear();
  }

  /** Reads the columns anew where a change of the schema may have changed them. Call it after a step. */
  refreshColumns(prepared: Prepared): void {
    const { fn } = this.#sqlite;
    const reprepared = fn.sqlite3_stmt_status(prepared.pointer, SQLITE.STMTSTATUS_REPREPARE, 0);
    if (prepared.shape !== -1 && reprepared === prepared.reprepared) return;
    const count = fn.sqlite3_column_count(prepared.pointer);
    prepared.reprepared = reprepared;
    prepared.shape = count === 0 ? 0 : this.#sqlite.nextShape();
    prepared.columns = Array.from({ length: count }, (_, i) =>
      this.#sqlite.cString(fn.sqlite3_column_name(prepared.pointer, i)),
    );
    prepared.columnsJson = JSON.stringify(prepared.columns);
  }

  #dropOldest(): void {
    const [sql, prepared] = this.#kept.entries().next().value as [string, Prepared];
    this.#kept.delete(sql);
    this.finalize(prepared);
  }
}
