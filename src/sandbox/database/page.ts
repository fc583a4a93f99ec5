import { DatabaseError } from "../sandbox.ts";
import type { QueryResult, SqlValue } from "../sandbox.ts";
import { Connection } from "./connection.ts";
import type { Engine } from "./engine.ts";
import { SqliteError } from "./errors.ts";
import { removeFile, replaceFile } from "./files.ts";
import type { History } from "./history.ts";
import { Past } from "./past.ts";
import { fileName } from "./paths.ts";
import { SQLITE } from "./sqlite-functions.ts";
import { queryValues } from "./values.ts";

const READS_ONLY =
  "Here a statement may only read: SELECT, EXPLAIN, or a PRAGMA that changes nothing.";
const TOO_LONG =
  "The statement ran for too long and was stopped. Does it come to an end? Try a WHERE or a LIMIT.";
const CANDIDATE = "import.candidate";

/** What the page reads and writes of the databases, on connections of its own that cannot change them. */
export class PageAccess {
  readonly #engine: Engine;
  readonly #connections = new Map<string, Connection>();
  readonly #past: Past;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#past = new Past(engine);
  }

  /** Throws DatabaseError, whose message is SQLite's. */
  query(path: string, sql: string, binds: readonly SqlValue[]): QueryResult {
    return explained(() => queryValues(this.#engine, this.#connection(path), sql, binds));
  }

  /** The same with the database as it was at a sandbox time (ms). */
  queryPast(
    path: string,
    sql: string,
    binds: readonly SqlValue[],
    time: number,
    history: History,
  ): QueryResult {
    return explained(() => {
      const now = () => this.#connection(path).serialize();
      return queryValues(this.#engine, this.#past.at(path, time, history, now), sql, binds);
    });
  }

  export(path: string): Uint8Array {
    return explained(() => this.#connection(path).serialize());
  }

  /** Throws when the bytes are not a sound database. */
  check(bytes: Uint8Array): void {
    explained(() => this.#check(bytes));
  }

  /** Checks the file first, so that a broken one leaves what is there untouched. */
  import(path: string, bytes: Uint8Array): void {
    this.check(bytes);
    explained(() => {
      this.close(path);
      replaceFile(this.#engine, path, bytes);
    });
  }

  close(path: string): void {
    this.#past.forget(path);
    this.#connections.get(path)?.close();
    this.#connections.delete(path);
  }

  #connection(path: string): Connection {
    const known = this.#connections.get(path);
    if (known !== undefined) return known;
    const connection = this.#open(path);
    this.#connections.set(path, connection);
    return connection;
  }

  #open(path: string): Connection {
    const file = fileName(path);
    return new Connection(this.#engine, {
      file,
      readonly: true,
      create: false,
      strict: true,
      readersOnly: true,
    });
  }

  #check(bytes: Uint8Array): void {
    replaceFile(this.#engine, CANDIDATE, bytes);
    const connection = this.#open(CANDIDATE);
    try {
      const { rows } = queryValues(this.#engine, connection, "PRAGMA quick_check", []);
      if (rows[0]?.[0] !== "ok")
        throw new DatabaseError(`The file is damaged: ${String(rows[0]?.[0])}`);
    } finally {
      connection.close();
      removeFile(this.#engine, CANDIDATE);
    }
  }
}

/** What goes wrong becomes a DatabaseError, whose cause is SQLite's; `refused` says what is not allowed. */
export function explained<T>(body: () => T, refused = READS_ONLY): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    if (error instanceof SqliteError && error.primary === SQLITE.AUTH) {
      throw new DatabaseError(refused, { cause: error });
    }
    if (error instanceof SqliteError && error.primary === SQLITE.INTERRUPT) {
      throw new DatabaseError(TOO_LONG, { cause: error });
    }
    throw new DatabaseError(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}
