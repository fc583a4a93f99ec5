/** SQL for a window of a table's rows, and for one value: never more of a value than a cell shows. */
import type { ColumnInfo, SqlValue } from "../../sandbox/sandbox.ts";

export interface Sort {
  column: string;
  descending: boolean;
}

export type Match = "contains" | "equals" | "null";

export interface Filter {
  /** Null: any column. */
  column: string | null;
  match: Match;
  text: string;
}

/** What the grid shows of a table. */
export interface RowsQuery {
  table: string;
  columns: readonly ColumnInfo[];
  sort: Sort | null;
  filter: Filter | null;
}

export interface Statement {
  sql: string;
  binds: SqlValue[];
}

/** So many characters of a text are read for a cell, and so many bytes of a blob. */
export const SHOWN_CHARACTERS = 120;
const SHOWN_BYTES = 16;

/** A name as SQL has it. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** The columns that tell a row from the others: its primary key, or else its rowid. */
export function keyColumns(columns: readonly ColumnInfo[]): string[] {
  const key = columns.filter(({ primaryKey }) => primaryKey > 0);
  return key.length === 0 ? ["_rowid_"] : key.map(({ name }) => name);
}

export function countSql({ table, columns, filter }: RowsQuery): Statement {
  const { sql, binds } = where(columns, filter);
  return { sql: `SELECT count(*) FROM ${quoted(table)}${sql}`, binds };
}

/** Rows of the key's values, then for each column: type, beginning of the value, length. */
export function windowSql(query: RowsQuery, offset: number, limit: number): Statement {
  const { table, columns, sort, filter } = query;
  const key = keyColumns(columns).map(quoted);
  const cells = columns.flatMap(({ name }) => cellSql(quoted(name)));
  const { sql, binds } = where(columns, filter);
  const order = sort ? [`${quoted(sort.column)} ${sort.descending ? "DESC" : "ASC"}`, ...key] : key;
  return {
    sql: `SELECT ${[...key, ...cells].join(", ")} FROM ${quoted(table)}${sql} ORDER BY ${order.join(", ")} LIMIT ? OFFSET ?`,
    binds: [...binds, limit, offset],
  };
}

/** The whole value of one column of one row. */
export function valueSql(
  { table, columns }: RowsQuery,
  column: string,
  key: readonly SqlValue[],
): Statement {
  const conditions = keyColumns(columns).map((name) => `${quoted(name)} IS ?`);
  return {
    sql: `SELECT ${quoted(column)} FROM ${quoted(table)} WHERE ${conditions.join(" AND ")}`,
    binds: [...key],
  };
}

function cellSql(column: string): string[] {
  const type = `typeof(${column})`;
  return [
    type,
    `CASE ${type} WHEN 'text' THEN substr(${column}, 1, ${SHOWN_CHARACTERS}) WHEN 'blob' THEN substr(${column}, 1, ${SHOWN_BYTES}) ELSE ${column} END`,
    `CASE WHEN ${type} IN ('text', 'blob') THEN length(${column}) END`,
  ];
}

function where(columns: readonly ColumnInfo[], filter: Filter | null): Statement {
  if (filter === null || (filter.match !== "null" && filter.text === "")) {
    return { sql: "", binds: [] };
  }
  const names = filter.column === null ? columns.map(({ name }) => name) : [filter.column];
  const conditions = names.map((name) => condition(quoted(name), filter.match));
  const binds = filter.match === "null" ? [] : names.map(() => pattern(filter));
  return { sql: ` WHERE (${conditions.join(" OR ")})`, binds };
}

function condition(column: string, match: Match): string {
  if (match === "null") return `${column} IS NULL`;
  const text = `CASE typeof(${column}) WHEN 'blob' THEN NULL ELSE CAST(${column} AS TEXT) END`;
  return match === "equals" ? `${text} = ?` : `${text} LIKE ? ESCAPE '\\'`;
}

function pattern({ match, text }: Filter): string {
  return match === "equals" ? text : `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
