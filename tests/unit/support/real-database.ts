/** A sandbox's databases without its processes: the real SQLite, in this thread, and its events. */
import { DatabaseServer } from "../../../src/sandbox/database/server.ts";
import type { DatabaseReader, SandboxDatabase } from "../../../src/sandbox/sandbox.ts";
import { TestClient } from "../database/client.ts";
import { fakeEvents, type FakeEvents } from "./fake-sandbox.ts";

const PATH = "primary.sqlite3";

export interface RealDatabase {
  database: SandboxDatabase;
  events: FakeEvents;
  /** A process's connection. */
  process: TestClient;
  /** Sandbox time in ms. */
  time: number;
  /** Tells what has happened since, as the database worker does every 50 ms. */
  tell(): void;
}

export async function realDatabase(): Promise<RealDatabase> {
  const real = { time: 1_000 } as RealDatabase;
  const server = await DatabaseServer.create({ now: () => real.time });
  const events = fakeEvents();
  const reader = (at: number | null): DatabaseReader => ({
    tables: async () => Promise.resolve(server.page.tables(PATH, at)),
    schema: async () => Promise.resolve(server.page.schema(PATH, at)),
    query: async (_, sql, binds) => Promise.resolve(server.page.query(PATH, sql, binds, at)),
  });
  const database: SandboxDatabase = {
    ...reader(null),
    at: reader,
    names: () => Promise.resolve(["primary"]),
    knownSince: () => Promise.resolve(server.page.knownSince(PATH)),
    execute: (_, sql, binds = []) =>
      server.page.execute(PATH, sql, binds, new AbortController().signal),
    locks: () => Promise.resolve([]),
    export: () => Promise.resolve({}),
    import: () => Promise.resolve(),
  };
  const process = new TestClient(server, 101, PATH);
  process.rows("PRAGMA journal_mode = wal");
  return Object.assign(real, {
    database,
    events,
    process,
    tell() {
      const { changes, locks } = server.takeNews();
      for (const { time, commit, tables, schema } of changes) {
        const body = { type: "rows.changed", database: "primary", commit, tables, schema } as const;
        events.emit(body, time);
      }
      const held = locks.map(({ holder, waiting }) => ({ database: "primary", holder, waiting }));
      events.emit({ type: "database.locks", locks: held });
    },
  });
}
