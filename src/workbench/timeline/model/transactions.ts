import type { StatementEvent } from "../../../sandbox/events.ts";
import type { RowBand, TransactionMark } from "./types.ts";

const KEPT_IDS = 50;

/** Something in it is not seen by others until its COMMIT: only such a transaction is drawn. */
export function wrote(transaction: TransactionMark): boolean {
  return (
    transaction.bands.length > 0 ||
    transaction.enqueued.some(({ rowInTransaction }) => rowInTransaction)
  );
}

/** Adds the rows that a statement wrote to the bands of its transaction, one band a table. */
export function addRows(transaction: TransactionMark, event: StatementEvent, time: number): void {
  const { operation, table, rowCount, ids } = event;
  if (operation === "select" || rowCount === 0) return;
  const band = transaction.bands.find((known) => known.table === table) ?? {
    table,
    operation,
    ids: new Set<string>(),
    rowCount: 0,
    from: time,
  };
  if (band.rowCount === 0) transaction.bands.push(band);
  const fresh = (ids ?? []).map(String).filter((id) => !band.ids.has(id));
  for (const id of fresh) if (band.ids.size < KEPT_IDS) band.ids.add(id);
  // The same row changed twice is one row; where ids are not known, each statement's rows count.
  band.rowCount += ids ? fresh.length : rowCount;
  if (band.rowCount === 0) band.rowCount = rowCount;
}

/** `photo 4`, `12 photos`. */
export function rowsOf({ table, ids, rowCount }: RowBand): string {
  const [id] = ids;
  if (rowCount === 1) return id === undefined ? `a ${singular(table)}` : `${singular(table)} ${id}`;
  return `${rowCount.toLocaleString("en")} ${table.replaceAll("_", " ")}`;
}

/** A table's rows are named as its model is, near enough for a label: `categories`, `photos`. */
export function singular(table: string): string {
  const words = table.replaceAll("_", " ");
  if (words.endsWith("ies")) return `${words.slice(0, -3)}y`;
  return words.endsWith("s") ? words.slice(0, -1) : words;
}
