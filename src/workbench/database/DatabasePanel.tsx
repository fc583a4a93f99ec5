import { useEffect, useMemo, useState } from "preact/hooks";
import type { Bench } from "../session/bench.ts";
import { FreshButton } from "../snapshots/FreshButton.tsx";
import { AsOf } from "./AsOf.tsx";
import { Locks } from "./Locks.tsx";
import { createDatabaseModel } from "./model.ts";
import { SchemaView } from "./SchemaView.tsx";
import { SqlLine } from "./SqlLine.tsx";
import { TableList } from "./TableList.tsx";
import { TableView } from "./TableView.tsx";
import "./database.css";

const VIEWS = ["Rows", "Schema", "SQL"] as const;

/** The databases: their tables with rows and schema, now or as they were, and a line of SQL. */
export function DatabasePanel({ bench }: { bench: Bench }) {
  const model = useMemo(() => createDatabaseModel(bench.sandbox, bench.asOf), [bench]);
  useEffect(() => () => model.dispose(), [model]);
  const [view, setView] = useState<(typeof VIEWS)[number]>("Rows");
  const table = model.selected.value;
  const error = model.databases.error.value;

  return (
    <div class="wb-db">
      <div class="wb-db-bar">
        <AsOf bench={bench} model={model} />
        {bench.asOf.value === null && (
          <Locks locks={model.locks.value} processes={bench.processes.data.value ?? []} />
        )}
        <FreshButton bench={bench} />
      </div>
      {error && <p class="wb-error">{error}</p>}
      <div class="wb-db-main">
        <TableList model={model} />
        <section class="wb-db-view" aria-label={table ? `Table ${table.table}` : "No table"}>
          <div class="wb-row wb-db-views" role="group" aria-label="What to see of the database">
            {VIEWS.map((name) => (
              <button
                key={name}
                type="button"
                class="wb-btn small"
                aria-pressed={view === name}
                onClick={() => setView(name)}
              >
                {name}
              </button>
            ))}
          </div>
          {table && view === "Rows" && (
            <TableView key={`${table.database}/${table.table}`} table={table} model={model} />
          )}
          {table && view === "Schema" && <SchemaView table={table} model={model} />}
          <div class="wb-db-sql" hidden={view !== "SQL"}>
            <SqlLine bench={bench} model={model} />
          </div>
        </section>
      </div>
    </div>
  );
}
