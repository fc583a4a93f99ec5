/** What a cell of a row is, as it is in the database. */
import type { ColumnInfo, QueryResult, SqlValue } from "../../sandbox/sandbox.ts";
import { bytes } from "../format.ts";
import { keyColumns, SHOWN_CHARACTERS } from "./rows-sql.ts";

export type Cell =
  | { type: "null" }
  | { type: "number"; text: string }
  /** `length` in characters; `text` may be only its beginning. */
  | { type: "text"; text: string; length: number }
  /** `length` in bytes; `image` is its media type where it is a picture. */
  | { type: "blob"; length: number; image: string | null };

export interface Row {
  /** Names the row among all of its table. */
  id: string;
  key: SqlValue[];
  cells: Cell[];
}

/** Reads the answer to `windowSql`. */
export function toRows({ rows }: QueryResult, columns: readonly ColumnInfo[]): Row[] {
  const keys = keyColumns(columns).length;
  return rows.map((values) => {
    const key = values.slice(0, keys);
    const cells = columns.map((_, index) => {
      const at = keys + index * 3;
      return toCell(values[at + 1] ?? null, Number(values[at + 2] ?? 0));
    });
    return { id: rowId(key), key, cells };
  });
}

/** The same for a row's key as an event tells it. */
export function rowId(key: readonly SqlValue[]): string {
  return key
    .map((value) => `${typeof value}:${value instanceof Uint8Array ? value.join() : String(value)}`)
    .join("|");
}

/** @param length of the whole value, where `value` is only its beginning */
export function toCell(value: SqlValue, length?: number): Cell {
  if (value === null) return { type: "null" };
  if (typeof value === "string") {
    return { type: "text", text: value, length: length ?? [...value].length };
  }
  if (value instanceof Uint8Array) {
    return { type: "blob", length: length ?? value.byteLength, image: imageType(value) };
  }
  return { type: "number", text: String(value) };
}

/** In one line, as the grid shows it. */
export function cellText(cell: Cell): string {
  switch (cell.type) {
    case "null":
      return "NULL";
    case "number":
      return cell.text;
    case "text":
      return isCut(cell) ? `${cell.text.slice(0, SHOWN_CHARACTERS)}…` : cell.text;
    case "blob":
      return `${cell.image ? cell.image.slice("image/".length).toUpperCase() : "blob"}, ${bytes(cell.length)}`;
  }
}

/** Whether there is more to a value than its cell shows. */
export function isCut(cell: Cell): boolean {
  if (cell.type === "blob") return true;
  return cell.type === "text" && (cell.length > SHOWN_CHARACTERS || cell.text.includes("\n"));
}

/** How pictures begin. */
const SIGNATURES: [string, RegExp][] = [
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/png", /^\x89PNG\r\n/],
  ["image/gif", /^GIF8[79]a/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
];

function imageType(value: Uint8Array): string | null {
  const start = String.fromCharCode(...value.subarray(0, 16));
  return SIGNATURES.find(([, signature]) => signature.test(start))?.[0] ?? null;
}
