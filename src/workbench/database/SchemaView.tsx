import type { DatabaseModel, TableRef } from "./model.ts";

/** A table's columns and the statements that made it. */
export function SchemaView({ table, model }: { table: TableRef; model: DatabaseModel }) {
  const databases = model.databases.data.value ?? [];
  const schema = databases.find(({ database }) => database === table.database)?.schema ?? [];
  const items = schema.filter((item) => item.table === table.table);
  return (
    <div class="wb-scroll wb-db-schema" tabIndex={0} role="region" aria-label="Schema">
      <table class="wb-table">
        <caption class="sr-only">Columns of {table.table}</caption>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
            <th scope="col">NULL allowed</th>
            <th scope="col">Default</th>
            <th scope="col">Primary key</th>
          </tr>
        </thead>
        <tbody>
          {model.columns.value.map((column) => (
            <tr key={column.name}>
              <th scope="row" class="code">
                {column.name}
              </th>
              <td class="code">{column.type}</td>
              <td>{column.notNull ? "no" : "yes"}</td>
              <td class="code">{column.defaultValue ?? ""}</td>
              <td>{column.primaryKey > 0 ? "yes" : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {items.map(({ name, sql }) => sql !== null && <pre key={name}>{sql};</pre>)}
    </div>
  );
}
