/** What the Database panel shows: the tables of now or of the past, changes, locks. */
import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { SandboxEvent } from "../../sandbox/events.ts";
import type {
  ColumnInfo,
  DatabaseLock,
  DatabaseReader,
  Sandbox,
  SchemaItem,
  TableInfo,
} from "../../sandbox/sandbox.ts";
import { createLiveQuery, type LiveQuery } from "../live/live-query.ts";
import { rowId } from "./cells.ts";

export interface DatabaseTables {
  database: string;
  tables: TableInfo[];
  schema: SchemaItem[];
}

/** One table of one database. */
export interface TableRef {
  database: string;
  table: string;
}

export interface DatabaseModel {
  databases: LiveQuery<DatabaseTables[]>;
  /** What the learner has chosen, or else the first table that there is. */
  selected: ReadonlySignal<TableRef | null>;
  select(table: TableRef): void;
  columns: ReadonlySignal<readonly ColumnInfo[]>;
  /** Reads the databases of the moment that is shown. */
  reader: ReadonlySignal<DatabaseReader>;
  /** Grows whenever the rows of the chosen table may be other ones. */
  version: ReadonlySignal<number>;
  /** Rows that the newest changes touched, by `Row.id`, each with the number of its change. */
  changed: ReadonlySignal<ReadonlyMap<string, number>>;
  locks: ReadonlySignal<readonly DatabaseLock[]>;
  /** Sandbox times of the known changes of the chosen table, oldest first. */
  changeTimes(): number[];
  dispose(): void;
}

export function createDatabaseModel(
  sandbox: Pick<Sandbox, "database" | "events">,
  asOf: Signal<number | null>,
): DatabaseModel {
  const { database, events } = sandbox;
  const chosen = signal<TableRef | null>(null);
  const version = signal(0);
  const changed = signal<ReadonlyMap<string, number>>(new Map());
  const locks = signal<readonly DatabaseLock[]>(newestLocks(sandbox));
  const reader = computed(() => (asOf.value === null ? database : database.at(asOf.value)));
  const databases = createLiveQuery({
    events,
    prefixes: ["rows.", "process.started"],
    load: () => readAll(reader.peek(), () => database.names()),
  });
  const selected = computed(() => chosen.value ?? firstTable(databases.data.value ?? []));
  const columns = computed(() => columnsOf(databases.data.value ?? [], selected.value));
  let changes = 0;

  const unsubscribe = events.subscribe((event) => {
    if (event.type === "database.locks") locks.value = event.locks;
    if (event.type !== "rows.changed" || asOf.peek() !== null) return;
    const table = selected.peek();
    if (event.database !== table?.database) return;
    const touched = event.tables.filter((change) => change.table === table.table);
    if (touched.length === 0 && !event.schema) return;
    changes += 1;
    changed.value = new Map(
      touched.flatMap(({ keys }) => keys.map((key) => [rowId(key), changes] as const)),
    );
    version.value += 1;
  });
  const stop = effect(() => {
    if (asOf.value !== undefined) changed.value = new Map();
    databases.refresh();
    version.value = version.peek() + 1;
  });

  return {
    databases,
    selected,
    select(table) {
      chosen.value = table;
      changed.value = new Map();
    },
    columns,
    reader,
    version,
    changed,
    locks,
    changeTimes: () => timesOf(events.history(), selected.value),
    dispose() {
      unsubscribe();
      stop();
      databases.dispose();
    },
  };
}

async function readAll(
  reader: DatabaseReader,
  names: () => Promise<string[]>,
): Promise<DatabaseTables[]> {
  return Promise.all(
    (await names()).map(async (database) => ({
      database,
      tables: await reader.tables(database),
      schema: await reader.schema(database),
    })),
  );
}

/** What Rails keeps for itself (Active Record 8.0: ar_internal_metadata, schema_migrations). */
const BOOKKEEPING = new Set(["ar_internal_metadata", "schema_migrations"]);

function firstTable(databases: readonly DatabaseTables[]): TableRef | null {
  const all = databases.flatMap(({ database, tables }) =>
    tables.map(({ name }) => ({ database, table: name })),
  );
  return all.find(({ table }) => !BOOKKEEPING.has(table)) ?? all[0] ?? null;
}

function columnsOf(databases: readonly DatabaseTables[], table: TableRef | null): ColumnInfo[] {
  const found = databases.find(({ database }) => database === table?.database);
  const isTable = (item: SchemaItem) => item.type === "table" && item.name === table?.table;
  return found?.schema.find(isTable)?.columns ?? [];
}

function newestLocks({ events }: Pick<Sandbox, "events">): readonly DatabaseLock[] {
  const newest = events.history().findLast((event) => event.type === "database.locks");
  return newest?.type === "database.locks" ? newest.locks : [];
}

function timesOf(events: readonly SandboxEvent[], chosen: TableRef | null): number[] {
  return events.flatMap((event) => {
    if (event.type !== "rows.changed" || event.database !== chosen?.database) return [];
    return event.tables.some(({ table }) => table === chosen.table) ? [event.time] : [];
  });
}
