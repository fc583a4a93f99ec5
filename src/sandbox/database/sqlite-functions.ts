/** An address in SQLite's linear memory; 0 is NULL. */
export type Pointer = number;

/**
 * The C functions of SQLite that the server calls, as the wasm module exports them: no conversion
 * of arguments or results, which is what makes a query cheap. 64-bit integers are bigints.
 */
export interface SqliteFunctions {
  sqlite3_open_v2(name: Pointer, db: Pointer, flags: number, vfs: Pointer): number;
  sqlite3_close_v2(db: Pointer): number;
  sqlite3_extended_errcode(db: Pointer): number;
  sqlite3_errmsg(db: Pointer): Pointer;
  sqlite3_error_offset(db: Pointer): number;
  sqlite3_get_autocommit(db: Pointer): number;
  sqlite3_txn_state(db: Pointer, schema: Pointer): number;
  sqlite3_changes(db: Pointer): number;
  sqlite3_total_changes(db: Pointer): number;
  sqlite3_last_insert_rowid(db: Pointer): bigint;
  sqlite3_progress_handler(db: Pointer, steps: number, handler: Pointer, argument: Pointer): void;
  sqlite3_set_authorizer(db: Pointer, authorizer: Pointer, argument: Pointer): number;
  sqlite3_limit(db: Pointer, kind: number, value: number): number;
  sqlite3_serialize(db: Pointer, schema: Pointer, size: Pointer, flags: number): Pointer;
  sqlite3_free(memory: Pointer): void;
  sqlite3__wasm_db_config_ip(db: Pointer, option: number, value: number, out: Pointer): number;
  sqlite3__wasm_vfs_unlink(vfs: Pointer, name: Pointer): number;
  sqlite3__wasm_posix_create_file(name: Pointer, bytes: Pointer, length: number): number;

  sqlite3_prepare_v3(
    db: Pointer,
    sql: Pointer,
    length: number,
    flags: number,
    statement: Pointer,
    tail: Pointer,
  ): number;
  sqlite3_step(statement: Pointer): number;
  sqlite3_reset(statement: Pointer): number;
  sqlite3_clear_bindings(statement: Pointer): number;
  sqlite3_finalize(statement: Pointer): number;
  sqlite3_stmt_readonly(statement: Pointer): number;
  sqlite3_stmt_status(statement: Pointer, counter: number, reset: number): number;

  sqlite3_bind_parameter_count(statement: Pointer): number;
  sqlite3_bind_parameter_index(statement: Pointer, name: Pointer): number;
  sqlite3_bind_null(statement: Pointer, index: number): number;
  sqlite3_bind_int(statement: Pointer, index: number, value: number): number;
  sqlite3_bind_int64(statement: Pointer, index: number, value: bigint): number;
  sqlite3_bind_double(statement: Pointer, index: number, value: number): number;
  sqlite3_bind_text(
    statement: Pointer,
    index: number,
    text: Pointer,
    length: number,
    destructor: Pointer,
  ): number;
  sqlite3_bind_blob(
    statement: Pointer,
    index: number,
    bytes: Pointer,
    length: number,
    destructor: Pointer,
  ): number;

  sqlite3_column_count(statement: Pointer): number;
  sqlite3_column_name(statement: Pointer, column: number): Pointer;
  sqlite3_column_decltype(statement: Pointer, column: number): Pointer;
  sqlite3_column_type(statement: Pointer, column: number): number;
  sqlite3_column_int64(statement: Pointer, column: number): bigint;
  sqlite3_column_double(statement: Pointer, column: number): number;
  sqlite3_column_text(statement: Pointer, column: number): Pointer;
  sqlite3_column_blob(statement: Pointer, column: number): Pointer;
  sqlite3_column_bytes(statement: Pointer, column: number): number;
}

/** Result codes, column types and options, from sqlite3.h. */
export const SQLITE = {
  OK: 0,
  ERROR: 1,
  INTERNAL: 2,
  BUSY: 5,
  TOOBIG: 18,
  MISUSE: 21,
  AUTH: 23,
  RANGE: 25,
  ROW: 100,
  DONE: 101,
  INTEGER: 1,
  FLOAT: 2,
  TEXT: 3,
  BLOB: 4,
  OPEN_READONLY: 0x1,
  OPEN_READWRITE: 0x2,
  OPEN_CREATE: 0x4,
  PREPARE_PERSISTENT: 0x1,
  STMTSTATUS_REPREPARE: 5,
  LIMIT_LENGTH: 0,
  DBCONFIG_DQS_DML: 1013,
  DBCONFIG_DQS_DDL: 1014,
  /** "The bytes stay where they are until the statement is reset": no copy. */
  STATIC: 0,
} as const;
