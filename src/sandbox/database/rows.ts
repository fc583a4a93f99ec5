import { SqliteError } from "./errors.ts";
import type { Sqlite } from "./sqlite.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

/** Rows as the wire carries them. */
export interface WireRows {
  /** JSON of an array of arrays. */
  rows: string;
  /**
   * What JSON cannot say, to be put into cells that are null in `rows`:
   * `[row, column, kind, value]` with kind "b" (blob at that place), "t" (text with bytes that are
   * not UTF-8, at that place) or "f" ("Infinity", "-Infinity"). Empty when there is none.
   */
  patches: string;
  blobs: Uint8Array[];
  blobBytes: number;
}

/** Integers up to here are exact as a double. */
const EXACT = 2 ** 53;
/** From here on JavaScript prints whole floats with an exponent. */
const EXPONENT = 1e21;
/** A result must fit into the memory of the process that asked, several times over. */
const MAX_JSON = 2 ** 26;
const MAX_BLOBS = 2 ** 28;
/** Engines keep a sum of strings as a tree of its parts; from this size on it is made one string. */
const FLATTEN = 2 ** 16;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Steps a statement to its end and writes its rows. */
export class RowWriter {
  readonly #sqlite: Sqlite;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  /** Throws SqliteError when a step fails or the result is too big to send. */
  write(db: Pointer, statement: Pointer): WireRows {
    const { fn } = this.#sqlite;
    const result: WireRows = { rows: "", patches: "", blobs: [], blobBytes: 0 };
    let code = fn.sqlite3_step(statement);
    const columns = code === SQLITE.ROW ? fn.sqlite3_column_count(statement) : 0;
    let part = "";
    for (let row = 0; code === SQLITE.ROW; row++) {
      part += this.#row(statement, columns, row, result);
      if (part.length > FLATTEN) part = flush(part, result);
      code = fn.sqlite3_step(statement);
    }
    if (code !== SQLITE.DONE) throw this.#sqlite.error(db);
    flush(part, result);
    return result;
  }

  #row(statement: Pointer, columns: number, row: number, result: WireRows): string {
    const { fn } = this.#sqlite;
    let json = row === 0 ? "[" : ",[";
    for (let column = 0; column < columns; column++) {
      if (column > 0) json += ",";
      switch (fn.sqlite3_column_type(statement, column)) {
        case SQLITE.INTEGER:
          json += this.#integer(statement, column);
          break;
        case SQLITE.TEXT:
          json += this.#text(statement, column, row, result);
          break;
        case SQLITE.FLOAT:
          json += this.#float(statement, column, row, result);
          break;
        case SQLITE.BLOB:
          json += this.#bytes("b", this.#copy(statement, column), column, row, result);
          break;
        default:
          json += "null";
      }
    }
    return json + "]";
  }

  #integer(statement: Pointer, column: number): string | number {
    const value = this.#sqlite.fn.sqlite3_column_double(statement, column);
    if (value > -EXACT && value < EXACT) return value;
    return this.#sqlite.fn.sqlite3_column_int64(statement, column).toString();
  }

  #float(statement: Pointer, column: number, row: number, result: WireRows): string {
    const value = this.#sqlite.fn.sqlite3_column_double(statement, column);
    if (Number.isFinite(value)) return floatJson(value);
    addPatch(result, `[${row},${column},"f","${value}"]`);
    return "null";
  }

  #text(statement: Pointer, column: number, row: number, result: WireRows): string {
    const start = this.#sqlite.fn.sqlite3_column_text(statement, column);
    const length = this.#sqlite.fn.sqlite3_column_bytes(statement, column);
    try {
      return JSON.stringify(strict.decode(this.#sqlite.heap.subarray(start, start + length)));
    } catch {
      return this.#bytes("t", this.#sqlite.heap.slice(start, start + length), column, row, result);
    }
  }

  #copy(statement: Pointer, column: number): Uint8Array {
    const start = this.#sqlite.fn.sqlite3_column_blob(statement, column);
    const length = this.#sqlite.fn.sqlite3_column_bytes(statement, column);
    return this.#sqlite.heap.slice(start, start + length);
  }

  #bytes(
    kind: "b" | "t",
    bytes: Uint8Array,
    column: number,
    row: number,
    result: WireRows,
  ): string {
    addPatch(result, `[${row},${column},"${kind}",${result.blobs.length}]`);
    result.blobs.push(bytes);
    result.blobBytes += bytes.byteLength;
    if (result.blobBytes > MAX_BLOBS) throw tooBig();
    return "null";
  }
}

function flush(part: string, result: WireRows): "" {
  part.charCodeAt(0);
  result.rows += part;
  if (result.rows.length > MAX_JSON) throw tooBig();
  return "";
}

function addPatch(result: WireRows, patch: string): void {
  result.patches += result.patches === "" ? patch : "," + patch;
}

/** Always with a point or an exponent, so that it is read as a float again. */
function floatJson(value: number): string {
  if (!Number.isInteger(value) || value >= EXPONENT || value <= -EXPONENT) return String(value);
  return Object.is(value, -0) ? "-0.0" : `${value}.0`;
}

function tooBig(): SqliteError {
  return new SqliteError({ message: "the result is too big", code: SQLITE.TOOBIG });
}
