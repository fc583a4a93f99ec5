import type { ColumnInfo, DatabaseReader } from "../../sandbox/sandbox.ts";
import type { Row } from "./cells.ts";
import { CellView } from "./CellView.tsx";
import type { RowsQuery, Sort } from "./rows-sql.ts";
import type { LoadedRows } from "./use-rows.ts";
import type { VirtualRows } from "./use-virtual-rows.ts";
import type { OpenValue } from "./ValueView.tsx";

/** Height of a row in px; the same stands in database.css. */
export const ROW_HEIGHT = 28;

interface Props {
  name: string;
  columns: readonly ColumnInfo[];
  sort: Sort | null;
  onSort(sort: Sort | null): void;
  loaded: LoadedRows;
  virtual: VirtualRows;
  changed: ReadonlyMap<string, number>;
  reader: DatabaseReader;
  database: string;
  query: RowsQuery;
  onOpen(value: OpenValue): void;
}

/** A table whose rows out of sight are two empty ones, as tall as all that they stand for. */
export function Grid(props: Props) {
  const { name, columns, loaded, virtual, changed } = props;
  const { items, height } = virtual;
  const above = items[0]?.start ?? 0;
  const below = Math.max(0, height - (items.at(-1)?.end ?? 0));
  return (
    <div
      class="wb-scroll wb-db-scroll"
      ref={virtual.scroller}
      tabIndex={0}
      role="region"
      aria-label={`Rows of ${name}`}
    >
      <table class="wb-table wb-db-grid" aria-rowcount={(loaded.total ?? 0) + 1}>
        <caption class="sr-only">Rows of {name}. The column heads sort.</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.name} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} columns={columns.length} />
          {items.map(({ index }) => {
            const row = loaded.rows[index - loaded.offset];
            const change = row && changed.get(row.id);
            return (
              <tr
                key={row?.id ?? index}
                aria-rowindex={index + 2}
                data-changed={change === undefined ? undefined : change % 2 === 0 ? "a" : "b"}
              >
                {row ? <Cells row={row} {...props} changed={change !== undefined} /> : <td>…</td>}
              </tr>
            );
          })}
          <Spacer height={below} columns={columns.length} />
        </tbody>
      </table>
      {loaded.total === 0 && <p class="wb-empty">There are no rows.</p>}
    </div>
  );
}

type CellsProps = Pick<Props, "columns" | "reader" | "database" | "query" | "onOpen"> & {
  row: Row;
  changed: boolean;
};

function Cells({ row, columns, changed, reader, database, query, onOpen }: CellsProps) {
  return (
    <>
      {columns.map(({ name }, index) => {
        const cell = row.cells[index];
        return (
          <td key={name} data-type={cell?.type}>
            {index === 0 && changed && (
              <span class="wb-db-mark">
                <span aria-hidden="true">●</span>
                <span class="sr-only">Just changed. </span>
              </span>
            )}
            {cell && (
              <CellView
                cell={cell}
                column={name}
                rowKey={row.key}
                reader={reader}
                database={database}
                query={query}
                onOpen={onOpen}
              />
            )}
          </td>
        );
      })}
    </>
  );
}

interface HeadProps {
  column: ColumnInfo;
  sort: Sort | null;
  onSort(sort: Sort | null): void;
}

function HeadCell({ column: { name, type, primaryKey }, sort, onSort }: HeadProps) {
  const own = sort?.column === name ? sort : null;
  const next = own === null ? { column: name, descending: false } : following(own);
  const direction = own ? (own.descending ? "descending" : "ascending") : "none";
  return (
    <th scope="col" aria-sort={direction}>
      <button type="button" onClick={() => onSort(next)}>
        <span class="code">{name}</span>
        <span class="wb-quiet">
          {[type.toLowerCase(), primaryKey > 0 && "key"].filter(Boolean).join(", ")}
        </span>
        <span aria-hidden="true">{own ? (own.descending ? "↓" : "↑") : ""}</span>
      </button>
    </th>
  );
}

/** Up, down, as it comes. */
function following(sort: Sort): Sort | null {
  return sort.descending ? null : { ...sort, descending: true };
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height === 0) return null;
  return (
    <tr aria-hidden="true" class="wb-db-spacer">
      <td colSpan={columns} style={{ height: `${height}px` }} />
    </tr>
  );
}
