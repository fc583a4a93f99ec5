/**
 * What a connection may do that only reads. SQLite asks while it compiles a statement, so a
 * statement that it refuses never begins. https://www.sqlite.org/c3ref/c_alter_table.html
 */
import type { Sqlite } from "./sqlite.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

const DENY = 1;

const ACTION = { pragma: 19, read: 20, select: 21, function: 31, recursive: 33 } as const;
const READING: ReadonlySet<number> = new Set([
  ACTION.read,
  ACTION.select,
  ACTION.function,
  ACTION.recursive,
]);

/** They tell about the schema or the file, and take what they tell about as their argument. */
const ASKING: ReadonlySet<string> = new Set([
  "collation_list",
  "compile_options",
  "database_list",
  "foreign_key_check",
  "foreign_key_list",
  "function_list",
  "index_info",
  "index_list",
  "index_xinfo",
  "integrity_check",
  "pragma_list",
  "quick_check",
  "table_info",
  "table_list",
  "table_xinfo",
]);

/** They tell a setting when they stand alone, and change it with an argument. */
const SETTINGS: ReadonlySet<string> = new Set([
  "application_id",
  "auto_vacuum",
  "cache_size",
  "data_version",
  "encoding",
  "foreign_keys",
  "freelist_count",
  "page_count",
  "page_size",
  "schema_version",
  "synchronous",
  "user_version",
]);

/** Installs the authorizer. Returns what `sqlite3_set_authorizer` takes. */
export function installReadersOnly(sqlite: Sqlite): Pointer {
  return sqlite.install("ipipppp", (_, action, first, second) =>
    mayRead(action as number, () => [sqlite.cString(first as Pointer), second !== 0])
      ? SQLITE.OK
      : DENY,
  );
}

/** @param pragma its name, and whether it has an argument */
function mayRead(action: number, pragma: () => [string, boolean]): boolean {
  if (READING.has(action)) return true;
  if (action !== ACTION.pragma) return false;
  const [name, hasArgument] = pragma();
  const known = name.toLowerCase();
  return ASKING.has(known) || (SETTINGS.has(known) && !hasArgument);
}
