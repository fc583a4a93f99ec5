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
  sqlite3_commit_hook(db: Pointer, hook: Pointer, argument: number): Pointer;
  sqlite3_limit(db: Pointer, kind: number, value: number): number;
  sqlite3_serialize(db: Pointer, schema: Pointer, size: Pointer, flags: number): Pointer;
  sqlite3_deserialize(
    db: Pointer,
    schema: Pointer,
    bytes: Pointer,
    length: bigint,
    capacity: bigint,
    flags: number,
  ): number;
  sqlite3_malloc64(bytes: bigint): Pointer;
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

  sqlite3session_create(db: Pointer, schema: Pointer, session: Pointer): number;
  sqlite3session_object_config(session: Pointer, option: number, value: Pointer): number;
  sqlite3session_attach(session: Pointer, table: Pointer): number;
  sqlite3session_isempty(session: Pointer): number;
  sqlite3session_changeset(session: Pointer, length: Pointer, bytes: Pointer): number;
  sqlite3session_delete(session: Pointer): void;
  sqlite3changeset_start(iterator: Pointer, length: number, bytes: Pointer): number;
  sqlite3changeset_next(iterator: Pointer): number;
  sqlite3changeset_op(
    iterator: Pointer,
    table: Pointer,
    columns: Pointer,
    operation: Pointer,
    indirect: Pointer,
  ): number;
  sqlite3changeset_pk(iterator: Pointer, flags: Pointer, columns: Pointer): number;
  sqlite3changeset_old(iterator: Pointer, column: number, value: Pointer): number;
  sqlite3changeset_new(iterator: Pointer, column: number, value: Pointer): number;
  sqlite3changeset_finalize(iterator: Pointer): number;
  sqlite3changeset_apply_v2(
    db: Pointer,
    length: number,
    bytes: Pointer,
    filter: Pointer,
    conflict: Pointer,
    argument: number,
    rebase: Pointer,
    rebaseLength: Pointer,
    flags: number,
  ): number;
  sqlite3_value_type(value: Pointer): number;
  sqlite3_value_int64(value: Pointer): bigint;
  sqlite3_value_double(value: Pointer): number;
  sqlite3_value_text(value: Pointer): Pointer;
  sqlite3_value_blob(value: Pointer): Pointer;
  sqlite3_value_bytes(value: Pointer): number;

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
  INTERRUPT: 9,
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
  SESSION_OBJCONFIG_ROWID: 2,
  DELETE: 9,
  INSERT: 18,
  UPDATE: 23,
  CHANGESETAPPLY_INVERT: 0x2,
  CHANGESETAPPLY_FKNOACTION: 0x8,
  CHANGESET_ABORT: 2,
  DESERIALIZE_FREEONCLOSE: 0x1,
  DESERIALIZE_RESIZEABLE: 0x2,
  DBCONFIG_ENABLE_TRIGGER: 1003,
  DBCONFIG_DQS_DML: 1013,
  DBCONFIG_DQS_DDL: 1014,
  /** "The bytes stay where they are until the statement is reset": no copy. */
  STATIC: 0,
} as const;
