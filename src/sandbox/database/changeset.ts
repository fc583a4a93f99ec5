/** Reads changesets (https://www.sqlite.org/session.html): which rows of which tables changed. */
import type { RowChanges, SqlValue } from "../sandbox.ts";
import type { Sqlite } from "./sqlite.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

/** So many keys of each table and operation are told; the rest is counted. */
export const MAX_KEYS = 200;

const OPERATIONS: Readonly<Record<number, RowChanges["operation"]>> = {
  [SQLITE.INSERT]: "insert",
  [SQLITE.UPDATE]: "update",
  [SQLITE.DELETE]: "delete",
};
const decoder = new TextDecoder();

/** The changes by table and operation, in the order in which each first came. */
export function readChangeset(sqlite: Sqlite, changeset: Uint8Array): RowChanges[] {
  if (changeset.byteLength === 0) return [];
  const { fn, out } = sqlite;
  const found = new Map<string, RowChanges>();
  const start = sqlite.alloc(changeset.byteLength);
  sqlite.heap.set(changeset, start);
  fn.sqlite3changeset_start(out, changeset.byteLength, start);
  const iterator = sqlite.takePointer();
  while (fn.sqlite3changeset_next(iterator) === SQLITE.ROW) {
    fn.sqlite3changeset_op(iterator, out, out + 4, out + 8, out + 12);
    const operation = OPERATIONS[sqlite.int32At(out + 8)] ?? "update";
    const table = sqlite.cString(sqlite.int32At(out));
    const changes = changesOf(found, table, operation);
    changes.count += 1;
    if (changes.keys.length < MAX_KEYS) changes.keys.push(readKey(sqlite, iterator, operation));
  }
  fn.sqlite3changeset_finalize(iterator);
  sqlite.free(start);
  return [...found.values()];
}

/** Adds the changes of a later commit to those of earlier ones. */
export function addChanges(earlier: RowChanges[], later: readonly RowChanges[]): void {
  for (const { table, operation, count, keys } of later) {
    const known = earlier.find((item) => item.table === table && item.operation === operation);
    if (known === undefined) {
      earlier.push({ table, operation, count, keys });
      continue;
    }
    known.count += count;
    known.keys.push(...keys.slice(0, MAX_KEYS - known.keys.length));
  }
}

function changesOf(
  found: Map<string, RowChanges>,
  table: string,
  operation: RowChanges["operation"],
): RowChanges {
  const id = `${operation} ${table}`;
  const known = found.get(id);
  if (known !== undefined) return known;
  const changes: RowChanges = { table, operation, count: 0, keys: [] };
  found.set(id, changes);
  return changes;
}

function readKey(
  sqlite: Sqlite,
  iterator: Pointer,
  operation: RowChanges["operation"],
): SqlValue[] {
  const { fn, out } = sqlite;
  fn.sqlite3changeset_pk(iterator, out, out + 4);
  const [flags, columns] = sqlite.takePointers();
  const key: SqlValue[] = [];
  for (let column = 0; column < columns; column++) {
    if (sqlite.heap[flags + column] === 0) continue;
    if (operation === "insert") fn.sqlite3changeset_new(iterator, column, out);
    else fn.sqlite3changeset_old(iterator, column, out);
    key.push(readValue(sqlite, sqlite.takePointer()));
  }
  return key;
}

function readValue(sqlite: Sqlite, value: Pointer): SqlValue {
  const { fn } = sqlite;
  const bytesAt = (start: Pointer) =>
    sqlite.heap.slice(start, start + fn.sqlite3_value_bytes(value));
  switch (value === 0 ? SQLITE.OK : fn.sqlite3_value_type(value)) {
    case SQLITE.INTEGER: {
      const integer = fn.sqlite3_value_int64(value);
      return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer;
    }
    case SQLITE.FLOAT:
      return fn.sqlite3_value_double(value);
    case SQLITE.TEXT:
      return decoder.decode(bytesAt(fn.sqlite3_value_text(value)));
    case SQLITE.BLOB:
      return bytesAt(fn.sqlite3_value_blob(value));
    default:
      return null;
  }
}
