import type { QueryResult, SqlValue } from "../sandbox.ts";
import type { Connection } from "./connection.ts";
import type { Engine } from "./engine.ts";
import { RequestError, SqliteError } from "./errors.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();
const MAX_VALUES = 2_000_000;

/**
 * Runs one statement and reads its rows as values of JavaScript: integers beyond 2^53 as bigints.
 * @param writing whether the statement may change the database
 */
export function queryValues(
  engine: Engine,
  connection: Connection,
  sql: string,
  binds: readonly SqlValue[],
  writing = false,
): QueryResult {
  if (codeOf(sql) === "") throw new RequestError("There is no statement to run");
  const { rows, prepared } = connection.run(sql, (statement, db) => {
    refuseMore(sql, statement.length);
    if (!writing && engine.sqlite.fn.sqlite3_stmt_readonly(statement.pointer) === 0) throw denied();
    engine.binder.bind(db, statement.pointer, binds, []);
    return readRows(engine, db, statement.pointer);
  });
  return { columns: [...prepared.columns], rows };
}

function readRows(engine: Engine, db: Pointer, statement: Pointer): SqlValue[][] {
  const { fn } = engine.sqlite;
  const rows: SqlValue[][] = [];
  let code = fn.sqlite3_step(statement);
  while (code === SQLITE.ROW) {
    const count = fn.sqlite3_column_count(statement);
    rows.push(Array.from({ length: count }, (_, column) => readValue(engine, statement, column)));
    if (rows.length * count > MAX_VALUES) throw tooBig();
    code = fn.sqlite3_step(statement);
  }
  if (code !== SQLITE.DONE) throw engine.sqlite.error(db);
  return rows;
}

function readValue({ sqlite }: Engine, statement: Pointer, column: number): SqlValue {
  const { fn } = sqlite;
  switch (fn.sqlite3_column_type(statement, column)) {
    case SQLITE.INTEGER:
      return readInteger(fn.sqlite3_column_int64(statement, column));
    case SQLITE.FLOAT:
      return fn.sqlite3_column_double(statement, column);
    case SQLITE.TEXT:
      return decoder.decode(bytesAt(fn.sqlite3_column_text(statement, column)));
    case SQLITE.BLOB:
      return bytesAt(fn.sqlite3_column_blob(statement, column)).slice();
    default:
      return null;
  }

  function bytesAt(start: Pointer): Uint8Array {
    return sqlite.heap.subarray(start, start + fn.sqlite3_column_bytes(statement, column));
  }
}

function readInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function refuseMore(sql: string, length: number): void {
  const rest = decoder.decode(encoder.encode(sql).subarray(length));
  if (codeOf(rest) !== "") throw new RequestError("Only one statement at a time can be run here");
}

/** The text without comments, white space and semicolons: only to see whether anything is left. */
function codeOf(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|[\s;]/g, "");
}

function denied(): SqliteError {
  return new SqliteError({ message: "not authorized", code: SQLITE.AUTH });
}

function tooBig(): SqliteError {
  return new SqliteError({
    message: "The result is too big to show: add a LIMIT",
    code: SQLITE.TOOBIG,
  });
}
