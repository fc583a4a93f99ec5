/** From the tables' values to the page's and back. */
import type { QueryResult, SqlValue } from "../../sandbox.ts";

export type Query = (sql: string, binds?: SqlValue[]) => Promise<QueryResult>;
export type Row = Record<string, SqlValue | undefined>;

export function records({ columns, rows }: QueryResult): Row[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column, row[index]])),
  );
}

export function parseJson(value: SqlValue | undefined): unknown {
  try {
    return typeof value === "string" ? (JSON.parse(value) as unknown) : null;
  } catch {
    return null;
  }
}

/** Active Record's datetimes on SQLite: UTC as text, `2026-01-31 12:00:00.123456`. */
export function toTime(value: SqlValue | undefined): number | null {
  return typeof value === "string" ? Date.parse(`${value.replace(" ", "T")}Z`) : null;
}

/**
 * Times are compared as text, and Rails leaves the fraction off where it is 0: so does this, or
 * `12:00:00` would be less than `12:00:00.000`.
 */
export function fromTime(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace("T", " ")
    .replace(/(\.000)?Z$/, "");
}

export function toText(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Milliseconds since the epoch of a datetime column, in SQL. */
export const millis = (column: string) => `(unixepoch(${column}, 'subsec') * 1000)`;
