/**
 * What the page's connections may do: those that only read, and those that write one statement at
 * a time. SQLite asks while it compiles a statement, so a
 * statement that it refuses never begins. https://www.sqlite.org/c3ref/c_alter_table.html
 */
import type { Sqlite } from "./sqlite.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

const DENY = 1;

const ACTION = {
  pragma: 19,
  read: 20,
  select: 21,
  transaction: 22,
  attach: 24,
  detach: 25,
  function: 31,
  savepoint: 32,
  recursive: 33,
} as const;
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

/** What goes beyond one statement: it would hold a lock, or reach another file. */
const BEYOND: ReadonlySet<number> = new Set([
  ACTION.transaction,
  ACTION.attach,
  ACTION.detach,
  ACTION.savepoint,
]);

/** Installs an authorizer for connections that only read. Returns what `sqlite3_set_authorizer` takes. */
export function installReadersOnly(sqlite: Sqlite): Pointer {
  return install(sqlite, (action) => READING.has(action));
}

/** The same for connections whose statements are each a transaction of its own. */
export function installSingleStatements(sqlite: Sqlite): Pointer {
  return install(sqlite, (action) => !BEYOND.has(action));
}

function install(sqlite: Sqlite, allows: (action: number) => boolean): Pointer {
  return sqlite.install("ipipppp", (_, action, first, second) => {
    const allowed =
      action === ACTION.pragma
        ? mayAsk(sqlite.cString(first as Pointer), second !== 0)
        : allows(action as number);
    return allowed ? SQLITE.OK : DENY;
  });
}

function mayAsk(pragma: string, hasArgument: boolean): boolean {
  const name = pragma.toLowerCase();
  return ASKING.has(name) || (SETTINGS.has(name) && !hasArgument);
}
