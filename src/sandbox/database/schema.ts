/** What a database's schema says, read with plain queries: of now or of the past. */
import type { ColumnInfo, QueryResult, SchemaItem, SqlValue, TableInfo } from "../sandbox.ts";

export type Query = (sql: string, binds?: readonly SqlValue[]) => QueryResult;

const OWN = "name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

export function readTables(query: Query): TableInfo[] {
  const { rows } = query(
    `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND ${OWN} ORDER BY name`,
  );
  return rows.map(([name, sql]) => {
    const quoted = `"${String(name).replaceAll('"', '""')}"`;
    const count = query(`SELECT count(*) FROM ${quoted}`);
    return { name: String(name), sql: String(sql), rowCount: Number(count.rows[0]?.[0]) };
  });
}

export function readSchema(query: Query): SchemaItem[] {
  const { rows } = query(
    `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE ${OWN} ORDER BY tbl_name, type DESC, name`,
  );
  return rows.map(([type, name, table, sql]) => ({
    type: type as SchemaItem["type"],
    name: String(name),
    table: String(table),
    sql: sql === null ? null : String(sql),
    columns: type === "table" || type === "view" ? readColumns(query, String(name)) : [],
  }));
}

function readColumns(query: Query, table: string): ColumnInfo[] {
  const { rows } = query(
    'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?) ORDER BY cid',
    [table],
  );
  return rows.map(([name, type, notNull, defaultValue, key]) => ({
    name: String(name),
    type: String(type),
    notNull: notNull === 1,
    defaultValue: defaultValue === null ? null : String(defaultValue),
    primaryKey: Number(key),
  }));
}
