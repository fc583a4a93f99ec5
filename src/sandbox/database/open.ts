import type { Engine } from "./engine.ts";
import { SqliteError } from "./errors.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

/** No value and no row can be longer, in bytes: what a process has memory for. */
const MAX_VALUE_LENGTH = 2 ** 27;

export interface ConnectionOptions {
  /** Name in SQLite's file system; empty for a database of its own in memory. */
  file: string;
  readonly: boolean;
  /** Whether a missing file is made. */
  create: boolean;
  /** Refuses every statement but those that only read (authorizer.ts). */
  readersOnly?: boolean;
  /** Refuses "double-quoted" string literals, as the gem's `strict: true`. */
  strict: boolean;
  /** Asked while a statement runs: true ends it, for nobody waits for its answer. */
  abandoned?: () => boolean;
}

/** Opens a connection and sets what all have in common. Throws SqliteError. */
export function openDatabase(engine: Engine, options: ConnectionOptions): Pointer {
  const { fn } = engine.sqlite;
  const db = open(engine, options);
  const quotes = options.strict ? 0 : 1;
  fn.sqlite3__wasm_db_config_ip(db, SQLITE.DBCONFIG_DQS_DML, quotes, 0);
  fn.sqlite3__wasm_db_config_ip(db, SQLITE.DBCONFIG_DQS_DDL, quotes, 0);
  fn.sqlite3_limit(db, SQLITE.LIMIT_LENGTH, MAX_VALUE_LENGTH);
  engine.sqlite.watch(db);
  if (options.readersOnly) fn.sqlite3_set_authorizer(db, engine.readersOnly, 0);
  return db;
}

/** Throws SqliteError when there is not enough memory. */
export function serializeDatabase({ sqlite }: Engine, db: Pointer): Uint8Array {
  const start = sqlite.withCString("main", (main) =>
    sqlite.fn.sqlite3_serialize(db, main, sqlite.out, 0),
  );
  const length = Number(sqlite.takeInt64());
  if (start === 0 && length > 0) throw new SqliteError({ message: "out of memory", code: 7 });
  const bytes = sqlite.heap.slice(start, start + Math.max(length, 0));
  sqlite.fn.sqlite3_free(start);
  return bytes;
}

/** Bytes 18 and 19 of a file say whether it uses a WAL; a database in memory cannot. */
const WRITE_VERSION = 18;

/** Makes the file's bytes the content of a database in memory. Throws SqliteError. */
export function deserializeDatabase({ sqlite }: Engine, db: Pointer, bytes: Uint8Array): void {
  const length = BigInt(bytes.byteLength);
  const start = sqlite.fn.sqlite3_malloc64(length);
  if (start === 0) throw new SqliteError({ message: "out of memory", code: 7 });
  sqlite.heap.set(bytes, start);
  sqlite.heap.fill(1, start + WRITE_VERSION, start + WRITE_VERSION + 2);
  const flags = SQLITE.DESERIALIZE_FREEONCLOSE | SQLITE.DESERIALIZE_RESIZEABLE;
  const code = sqlite.withCString("main", (main) =>
    sqlite.fn.sqlite3_deserialize(db, main, start, length, length, flags),
  );
  sqlite.check(db, code);
  // The rows say what triggers did already.
  sqlite.fn.sqlite3__wasm_db_config_ip(db, SQLITE.DBCONFIG_ENABLE_TRIGGER, 0, 0);
}

/** @param undo whether to take the changes back. Throws SqliteError when the rows are not as it expects. */
export function applyChangeset(
  { sqlite, abortOnConflict }: Engine,
  db: Pointer,
  changeset: Uint8Array,
  undo: boolean,
): void {
  const start = sqlite.alloc(changeset.byteLength);
  sqlite.heap.set(changeset, start);
  const flags = SQLITE.CHANGESETAPPLY_FKNOACTION | (undo ? SQLITE.CHANGESETAPPLY_INVERT : 0);
  sqlite.startTimer(Infinity);
  const code = sqlite.fn.sqlite3changeset_apply_v2(
    db,
    changeset.byteLength,
    start,
    0,
    abortOnConflict,
    0,
    0,
    0,
    flags,
  );
  sqlite.free(start);
  if (code !== SQLITE.OK) throw new SqliteError({ message: "the changes do not fit", code });
}

function open(engine: Engine, { file, readonly, create }: ConnectionOptions): Pointer {
  const { sqlite } = engine;
  const write = create ? SQLITE.OPEN_READWRITE | SQLITE.OPEN_CREATE : SQLITE.OPEN_READWRITE;
  const flags = readonly ? SQLITE.OPEN_READONLY : write;
  const code = sqlite.withCString(file === "" ? ":memory:" : file, (name) =>
    sqlite.fn.sqlite3_open_v2(name, sqlite.out, flags, sqlite.vfsName),
  );
  const db = sqlite.takePointer();
  if (code === SQLITE.OK) return db;
  const failure = sqlite.error(db);
  sqlite.fn.sqlite3_close_v2(db);
  throw failure;
}
