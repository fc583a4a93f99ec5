import { count } from "../format.ts";
import type { DatabaseModel } from "./model.ts";

/** Every database with its tables and how many rows each has. */
export function TableList({ model }: { model: DatabaseModel }) {
  const databases = model.databases.data.value ?? [];
  const selected = model.selected.value;
  return (
    <nav class="wb-db-tables" aria-label="Tables">
      {databases.map(({ database, tables }) => (
        <section key={database}>
          <h3 class="code">{database}</h3>
          <ul>
            {tables.map(({ name, rowCount }) => (
              <li key={name}>
                <button
                  type="button"
                  aria-current={selected?.database === database && selected.table === name}
                  onClick={() => model.select({ database, table: name })}
                >
                  <span class="code">{name}</span>
                  <span class="num wb-quiet" aria-label={count(rowCount, "row")}>
                    {rowCount.toLocaleString("en")}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
