import { blobAt, bytesNeeded, float, int64, integer } from "./bind-values.ts";
import { RequestError, SqliteError } from "./errors.ts";
import type { Arena } from "./arena.ts";
import type { Sqlite } from "./sqlite.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

/**
 * One bound value. JSON alone cannot say everything that SQLite tells apart, so the wire wraps it:
 * `{"i": "9223372036854775807"}` integers beyond 2^53, `{"f": "1.0"}` every float ("Infinity",
 * "-Infinity" and "NaN" too), `{"b": 0}` a blob and `{"t": 0}` a text by their place among the
 * message's blobs. A bare number is an integer when it is whole.
 */
export type BindValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | { i: string }
  | { f: string }
  | { b: number }
  | { t: number };

/** Values by position, or by name (`":name"`) and by position ("1") in one object. */
export type Binds = readonly unknown[] | Readonly<Record<string, unknown>>;

const INT32_LIMIT = 2 ** 31;

/** Binds values to one statement. They live in the arena until the statement is reset and cleared. */
export class Binder {
  readonly #sqlite: Sqlite;
  readonly #arena: Arena;

  constructor(sqlite: Sqlite, arena: Arena) {
    this.#sqlite = sqlite;
    this.#arena = arena;
  }

  /**
   * @param blobs the message's blobs, to which `b` and `t` point
   * @throws {SqliteError} RANGE when there is no such parameter, TOOBIG when a value is too long
   * @throws {RequestError} when a value is none of `BindValue`
   */
  bind(db: Pointer, statement: Pointer, binds: Binds, blobs: readonly Uint8Array[]): void {
    const values = Array.isArray(binds) ? (binds as readonly unknown[]) : Object.values(binds);
    if (values.length === 0) return;
    this.#arena.reserve(bytesNeeded(values, blobs));
    const names = Array.isArray(binds) ? null : Object.keys(binds);
    for (let i = 0; i < values.length; i++) {
      const index = names === null ? i + 1 : this.#index(statement, names[i] as string);
      this.#sqlite.check(db, this.#bindOne(statement, index, values[i], blobs));
    }
  }

  #index(statement: Pointer, name: string): number {
    if (/^\d+$/.test(name)) return Number(name);
    const index = this.#sqlite.withCString(name, (pointer) =>
      this.#sqlite.fn.sqlite3_bind_parameter_index(statement, pointer),
    );
    if (index === 0) throw new SqliteError({ message: "no such bind parameter", code: 0 });
    return index;
  }

  #bindOne(
    statement: Pointer,
    index: number,
    value: unknown,
    blobs: readonly Uint8Array[],
  ): number {
    const fn = this.#sqlite.fn;
    switch (typeof value) {
      case "string":
        return this.#bindText(statement, index, value);
      case "number":
        return this.#bindNumber(statement, index, value);
      case "boolean":
        return fn.sqlite3_bind_int(statement, index, value ? 1 : 0);
      case "bigint":
        return fn.sqlite3_bind_int64(statement, index, int64(value));
    }
    if (value === null) return fn.sqlite3_bind_null(statement, index);
    if (value instanceof Uint8Array)
      return this.#bindBytes(statement, index, value, "sqlite3_bind_blob");
    return this.#bindWrapped(statement, index, value, blobs);
  }

  #bindWrapped(
    statement: Pointer,
    index: number,
    value: unknown,
    blobs: readonly Uint8Array[],
  ): number {
    const wrapped = (value ?? {}) as { i?: unknown; f?: unknown; b?: unknown; t?: unknown };
    const fn = this.#sqlite.fn;
    if (typeof wrapped.f === "string")
      return fn.sqlite3_bind_double(statement, index, float(wrapped.f));
    if (typeof wrapped.i === "string")
      return fn.sqlite3_bind_int64(statement, index, integer(wrapped.i));
    if (wrapped.b !== undefined)
      return this.#bindBytes(statement, index, blobAt(blobs, wrapped.b), "sqlite3_bind_blob");
    if (wrapped.t !== undefined)
      return this.#bindBytes(statement, index, blobAt(blobs, wrapped.t), "sqlite3_bind_text");
    throw new RequestError("a bound value is of no known kind");
  }

  #bindNumber(statement: Pointer, index: number, value: number): number {
    const fn = this.#sqlite.fn;
    if (!Number.isInteger(value)) return fn.sqlite3_bind_double(statement, index, value);
    if (value >= -INT32_LIMIT && value < INT32_LIMIT)
      return fn.sqlite3_bind_int(statement, index, value);
    return fn.sqlite3_bind_int64(statement, index, int64(BigInt(value)));
  }

  #bindText(statement: Pointer, index: number, text: string): number {
    const pointer = this.#arena.next;
    const length = this.#arena.writeText(text);
    return this.#sqlite.fn.sqlite3_bind_text(statement, index, pointer, length, SQLITE.STATIC);
  }

  #bindBytes(
    statement: Pointer,
    index: number,
    bytes: Uint8Array,
    bind: "sqlite3_bind_blob" | "sqlite3_bind_text",
  ): number {
    const pointer = this.#arena.next;
    this.#arena.writeBytes(bytes);
    return this.#sqlite.fn[bind](statement, index, pointer, bytes.byteLength, SQLITE.STATIC);
  }
}
