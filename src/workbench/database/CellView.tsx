import type { DatabaseReader, SqlValue } from "../../sandbox/sandbox.ts";
import { cellText, isCut, type Cell } from "./cells.ts";
import type { RowsQuery } from "./rows-sql.ts";
import { Thumbnail } from "./Thumbnail.tsx";
import type { OpenValue } from "./ValueView.tsx";

interface Props {
  cell: Cell;
  column: string;
  rowKey: SqlValue[];
  reader: DatabaseReader;
  database: string;
  query: RowsQuery;
  onOpen(value: OpenValue): void;
}

/** One value in one line. What does not fit is a button that shows the whole. */
export function CellView({ cell, column, rowKey, reader, database, query, onOpen }: Props) {
  const text = cellText(cell);
  if (!isCut(cell)) return <span class={cell.type === "null" ? "wb-db-null" : ""}>{text}</span>;
  return (
    <button
      type="button"
      class="wb-link wb-db-more"
      aria-label={`${text}. Show all of ${column}`}
      onClick={(event) => onOpen({ column, key: rowKey, cell, opener: event.currentTarget })}
    >
      {cell.type === "blob" && cell.image && (
        <Thumbnail
          type={cell.image}
          length={cell.length}
          reader={reader}
          database={database}
          query={query}
          column={column}
          rowKey={rowKey}
        />
      )}
      {text}
    </button>
  );
}
