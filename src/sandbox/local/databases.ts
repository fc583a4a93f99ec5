/** `Sandbox.database`, and the queue's database among them. */
import type { PathLock } from "../database/locks.ts";
import { normalizePath } from "../database/paths.ts";
import type { DatabasePaths } from "./kernel-messages.ts";
import {
  DatabaseError,
  type DatabaseLock,
  type DatabaseReader,
  type ExecuteResult,
  type SchemaItem,
  type QueryResult,
  type SandboxDatabase,
  type SqlValue,
  type TableInfo,
} from "../sandbox.ts";
import type { DatabaseQuestion } from "../protocol.ts";
import type { DatabaseClient } from "./database-client.ts";

export type Named<Item> = Omit<Item, "path"> & { database: string };

export class LocalDatabases implements SandboxDatabase {
  readonly #client: DatabaseClient;
  readonly #stopProcesses: () => void;
  #toRestore: Record<string, Uint8Array> = {};
  #known: DatabasePaths = {
    paths: {},
    queue: "queue",
    aliveThreshold: 300_000,
    shutdownTimeout: 5_000,
    heartbeatInterval: 60_000,
  };

  /** @param stopProcesses ends every process, so that no connection is open */
  constructor(client: DatabaseClient, stopProcesses: () => void) {
    this.#client = client;
    this.#stopProcesses = stopProcesses;
  }

  /** What a process read in config/database.yml. */
  learn(databases: DatabasePaths): void {
    this.#known = databases;
  }

  /** For how long (ms) jobs may go on after TERM. */
  get shutdownTimeout(): number {
    return this.#known.shutdownTimeout;
  }

  /** How long (ms) a process may be without heartbeat before it counts as dead. */
  get aliveThreshold(): number {
    return this.#known.aliveThreshold;
  }

  /** How often (ms) a process shows that it is alive. */
  get heartbeatInterval(): number {
    return this.#known.heartbeatInterval;
  }

  names(): Promise<string[]> {
    return Promise.resolve(Object.keys(this.#known.paths));
  }

  tables(database: string): Promise<TableInfo[]> {
    return this.#reader(null).tables(database);
  }

  schema(database: string): Promise<SchemaItem[]> {
    return this.#reader(null).schema(database);
  }

  query(database: string, sql: string, binds: SqlValue[] = []): Promise<QueryResult> {
    return this.#reader(null).query(database, sql, binds);
  }

  at(time: number): DatabaseReader {
    return this.#reader(time);
  }

  async knownSince(database: string): Promise<number> {
    return this.#client.ask({ ask: "knownSince", path: this.#path(database) });
  }

  async execute(database: string, sql: string, binds: SqlValue[] = []): Promise<ExecuteResult> {
    return this.#client.ask({ ask: "execute", path: this.#path(database), sql, binds });
  }

  /** For the queue backend: reads the database that holds the queue, on a connection of its own. */
  queryQueue(sql: string, binds: SqlValue[] = []): Promise<QueryResult> {
    return this.#client.ask({
      ask: "backendQuery",
      path: this.#path(this.#known.queue),
      sql,
      binds,
    });
  }

  async locks(): Promise<DatabaseLock[]> {
    return this.named(await this.#client.ask<PathLock[]>({ ask: "locks" }));
  }

  /** The same with the databases' names; what config/database.yml does not name is left out. */
  named<Item extends { path: string }>(items: readonly Item[]): Named<Item>[] {
    return items.flatMap(({ path, ...item }) => {
      const database = this.#nameOf(path);
      return database === undefined ? [] : [{ ...item, database }];
    });
  }

  async export(): Promise<Record<string, Uint8Array>> {
    const { paths } = this.#known;
    const files = await this.#client.ask<Uint8Array[]>({
      ask: "export",
      paths: Object.values(paths),
    });
    return Object.fromEntries(
      Object.keys(paths).map((name, index) => [name, files[index] as Uint8Array]),
    );
  }

  /** Rejects with DatabaseError when one of them is no sound database. */
  async keepToRestore(databases: Record<string, Uint8Array>): Promise<void> {
    for (const bytes of Object.values(databases)) await this.#client.ask({ ask: "check", bytes });
    this.#toRestore = databases;
  }

  /**
   * Puts databases in place before any process runs, by their paths in config/database.yml. All is asked at once:
   * a process that is connected afterwards finds them.
   */
  async layDown(files: Record<string, Uint8Array>): Promise<void> {
    const asked = Object.entries(files).map(([path, bytes]) =>
      this.#client.ask({ ask: "import", path, bytes }),
    );
    await Promise.all(asked);
  }

  /** Puts what was kept in place, before any process opens a database; only the first call does. */
  async restoreOnce(): Promise<void> {
    const databases = this.#toRestore;
    this.#toRestore = {};
    for (const [name, path] of Object.entries(this.#known.paths)) {
      const bytes = databases[name];
      if (bytes) await this.#client.ask({ ask: "import", path, bytes });
    }
  }

  async import(databases: Record<string, Uint8Array>): Promise<void> {
    const files = Object.entries(databases).map(([name, bytes]) => ({
      path: this.#path(name),
      bytes,
    }));
    // All of them first: a broken file neither ends a process nor leaves half of the import behind.
    for (const { bytes } of files) await this.#client.ask({ ask: "check", bytes });
    this.#stopProcesses();
    for (const file of files) await this.#client.ask({ ask: "import", ...file });
  }

  #reader(at: number | null): DatabaseReader {
    const ask = async <Value>(question: DatabaseQuestion) => this.#client.ask<Value>(question);
    return {
      tables: async (database) => ask({ ask: "tables", path: this.#path(database), at }),
      schema: async (database) => ask({ ask: "schema", path: this.#path(database), at }),
      query: async (database, sql, binds = []) =>
        ask({ ask: "query", path: this.#path(database), sql, binds, at }),
    };
  }

  #nameOf(path: string): string | undefined {
    const entries = Object.entries(this.#known.paths);
    return entries.find(([, known]) => normalizePath(known) === path)?.[0];
  }

  #path(name: string): string {
    const path = this.#known.paths[name];
    if (path === undefined)
      throw new DatabaseError(`config/database.yml names no database “${name}”.`);
    return path;
  }
}
