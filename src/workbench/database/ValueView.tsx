import { useEffect, useRef, useState } from "preact/hooks";
import type { DatabaseReader, SqlValue } from "../../sandbox/sandbox.ts";
import { bytes, count } from "../format.ts";
import { sentence } from "../sentence.ts";
import type { Cell } from "./cells.ts";
import { valueSql, type RowsQuery } from "./rows-sql.ts";
import { Thumbnail } from "./Thumbnail.tsx";

export interface OpenValue {
  column: string;
  key: SqlValue[];
  cell: Cell;
  /** Gets the focus back. */
  opener: HTMLElement;
}

interface Props {
  reader: DatabaseReader;
  database: string;
  query: RowsQuery;
  open: OpenValue;
  onClose(): void;
}

/** So much of a blob that is no picture is shown, as bytes. */
const SHOWN_BYTES = 512;

/** The whole of one value, below the rows. Escape closes it. */
export function ValueView({ reader, database, query, open, onClose }: Props) {
  const { column, key, cell } = open;
  const [text, setText] = useState("");
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), [open]);
  useEffect(() => {
    let gone = false;
    const { sql, binds } = valueSql(query, column, key);
    reader.query(database, sql, binds).then(
      ({ rows }) => !gone && setText(asText(rows[0]?.[0] ?? null)),
      (reason: unknown) => !gone && setText(sentence(reason)),
    );
    return () => void (gone = true);
  }, [reader, database, query.table, column, open]);
  const image = cell.type === "blob" ? cell.image : null;

  return (
    <section
      class="wb-db-value"
      aria-label={`${column} of row ${key.map(String).join(", ")}`}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <div class="wb-row">
        <strong class="code">{column}</strong>
        <span class="wb-quiet num">{size(cell)}</span>
        <button ref={close} type="button" class="wb-btn small" onClick={onClose}>
          Close
        </button>
      </div>
      {image && cell.type === "blob" ? (
        <Thumbnail
          large
          type={image}
          length={cell.length}
          reader={reader}
          database={database}
          query={query}
          column={column}
          rowKey={key}
        />
      ) : (
        <pre tabIndex={0}>{text}</pre>
      )}
    </section>
  );
}

function size(cell: Cell): string {
  if (cell.type === "blob") return bytes(cell.length);
  return cell.type === "text" ? count(cell.length, "character") : "";
}

function asText(value: SqlValue): string {
  if (!(value instanceof Uint8Array)) return value === null ? "NULL" : String(value);
  const shown = [...value.subarray(0, SHOWN_BYTES)].map((byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  const rest = value.byteLength - shown.length;
  return shown.join(" ") + (rest > 0 ? ` … and ${count(rest, "more byte")}` : "");
}
