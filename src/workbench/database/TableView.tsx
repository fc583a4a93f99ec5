import { useMemo, useState } from "preact/hooks";
import { count } from "../format.ts";
import type { DatabaseModel, TableRef } from "./model.ts";
import { FilterBar } from "./FilterBar.tsx";
import { Grid, ROW_HEIGHT } from "./Grid.tsx";
import type { Filter, RowsQuery, Sort } from "./rows-sql.ts";
import { useRows } from "./use-rows.ts";
import { useVirtualRows } from "./use-virtual-rows.ts";
import { ValueView, type OpenValue } from "./ValueView.tsx";

/** The rows of one table: sorted, filtered, only those in sight in the page. */
export function TableView({ table, model }: { table: TableRef; model: DatabaseModel }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const [filter, setFilter] = useState<Filter | null>(null);
  const [open, setOpen] = useState<OpenValue | null>(null);
  const [total, setTotal] = useState(0);
  const columns = model.columns.value;
  const query = useMemo<RowsQuery>(
    () => ({ table: table.table, columns, sort, filter }),
    [table, columns, sort, filter],
  );
  const virtual = useVirtualRows(total, ROW_HEIGHT);
  const reader = model.reader.value;
  const loaded = useRows({
    reader,
    database: table.database,
    query,
    version: model.version.value,
    from: virtual.items[0]?.index ?? 0,
    to: virtual.items.at(-1)?.index ?? 0,
  });
  if (loaded.total !== null && loaded.total !== total) setTotal(loaded.total);

  return (
    <>
      <div class="wb-row wb-db-tools">
        <FilterBar columns={columns} onChange={setFilter} />
        <span class="wb-quiet num" role="status">
          {loaded.total !== null && count(loaded.total, "row")}
        </span>
      </div>
      {loaded.error && <p class="wb-error">{loaded.error}</p>}
      <Grid
        name={table.table}
        columns={columns}
        sort={sort}
        onSort={setSort}
        loaded={loaded}
        virtual={virtual}
        changed={model.changed.value}
        reader={reader}
        database={table.database}
        query={query}
        onOpen={setOpen}
      />
      {open && (
        <ValueView
          reader={reader}
          database={table.database}
          query={query}
          open={open}
          onClose={() => {
            open.opener.focus();
            setOpen(null);
          }}
        />
      )}
    </>
  );
}
