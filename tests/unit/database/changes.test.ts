// What is told of committed rows, and the tables as they were.
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { HISTORY_BYTES } from "../../../src/sandbox/database/history.ts";
import { DatabaseServer } from "../../../src/sandbox/database/server.ts";
import { TestClient } from "./client.ts";

const PATH = "test.sqlite3";
const ALL = "SELECT * FROM photos ORDER BY id";

let time: number;
let news: number;
let server: DatabaseServer;
let one: TestClient;
let two: TestClient;

beforeEach(async () => {
  time = 1000;
  news = 0;
  server = await DatabaseServer.create({ now: () => time, onNews: () => (news += 1) });
  one = new TestClient(server, 1);
  one.rows("PRAGMA journal_mode = wal");
  one.rows("CREATE TABLE photos (id INTEGER PRIMARY KEY, title TEXT, image BLOB)");
  two = new TestClient(server, 2);
  server.takeNews();
});

const changes = () => server.takeNews().changes;
const rows = (at: number | null) => server.page.query(PATH, ALL, [], at).rows;

describe("rows that changed", () => {
  test("are told by who changed them, with their keys", () => {
    one.rows("INSERT INTO photos (title) VALUES ('a'), ('b')");
    time = 2000;
    two.rows("UPDATE photos SET title = 'c' WHERE id = 2");
    two.rows("DELETE FROM photos WHERE id = 1");
    expect(changes()).toMatchObject([
      {
        pid: 1,
        path: PATH,
        time: 1000,
        tables: [{ table: "photos", operation: "insert", count: 2, keys: [[1], [2]] }],
      },
      {
        pid: 2,
        time: 2000,
        tables: [
          { operation: "update", count: 1, keys: [[2]] },
          { operation: "delete", count: 1, keys: [[1]] },
        ],
      },
    ]);
    expect(changes()).toEqual([]);
  });

  test("are told at the commit, not before, and not after a rollback", () => {
    one.rows("BEGIN");
    one.rows("INSERT INTO photos (title) VALUES ('a')");
    expect(changes()).toEqual([]);
    one.rows("ROLLBACK");
    one.rows("BEGIN");
    one.rows("INSERT INTO photos (title) VALUES ('b')");
    one.rows("SAVEPOINT s");
    one.rows("INSERT INTO photos (title) VALUES ('c')");
    one.rows("ROLLBACK TO s");
    one.rows("COMMIT");
    expect(changes().flatMap(({ tables }) => tables)).toEqual([
      { table: "photos", operation: "insert", count: 1, keys: [[1]] },
    ]);
  });

  test("a rollback leaves nothing behind that a later commit could be blamed for", () => {
    one.rows("INSERT INTO photos (title) VALUES ('a')");
    two.rows("BEGIN IMMEDIATE");
    two.rows("UPDATE photos SET title = 'mine'");
    two.rows("ROLLBACK");
    one.rows("UPDATE photos SET title = 'b'");
    changes();
    time = 2000;
    two.rows("INSERT INTO photos (title) VALUES ('other')");
    expect(changes().flatMap(({ tables }) => tables)).toMatchObject([
      { operation: "insert", keys: [[2]] },
    ]);
    expect(rows(1000)).toEqual([[1, "b", null]]);
  });

  test("a statement that fails changes nothing", () => {
    one.rows("INSERT INTO photos (id) VALUES (1)");
    changes();
    expect(one.execute("INSERT INTO photos (id) VALUES (2), (1)").error).toBeDefined();
    expect(changes()).toEqual([]);
  });

  test("ten thousand are counted, and the first 200 named", () => {
    one.rows("BEGIN");
    for (let i = 0; i < 10_000; i++) one.rows("INSERT INTO photos (title) VALUES (?)", [`t${i}`]);
    one.rows("COMMIT");
    const [insert] = changes().flatMap(({ tables }) => tables);
    expect(insert).toMatchObject({ operation: "insert", count: 10_000 });
    expect(insert?.keys).toHaveLength(200);
    one.rows("DELETE FROM photos");
    expect(changes()[0]?.tables[0]).toMatchObject({ operation: "delete", count: 10_000 });
  });

  test("of a table without a primary key are named by rowid", () => {
    one.rows("CREATE TABLE tags (name)");
    one.rows("INSERT INTO tags VALUES ('red'), ('green')");
    expect(changes()[0]).toMatchObject({
      schema: true,
      tables: [{ table: "tags", operation: "insert", keys: [[1], [2]] }],
    });
  });

  test("wake whoever wants to know, as locks do", () => {
    news = 0;
    one.rows("SELECT 1");
    expect(news).toBe(0);
    one.rows("BEGIN IMMEDIATE");
    expect(news).toBe(1);
    two.execute("BEGIN IMMEDIATE");
    expect(news).toBe(2);
    expect(server.locks()).toEqual([
      { path: PATH, holder: { pid: 1, since: 1000 }, waiting: [{ pid: 2, since: 1000 }] },
    ]);
  });
});

describe("the tables as they were", () => {
  test("at each time, forwards and backwards", () => {
    one.rows("INSERT INTO photos (title) VALUES ('a')");
    time = 2000;
    one.rows("UPDATE photos SET title = 'b', image = x'00ff'");
    time = 3000;
    one.rows("DELETE FROM photos");
    expect(rows(2999)).toEqual([[1, "b", Uint8Array.of(0, 255)]]);
    expect(rows(1000)).toEqual([[1, "a", null]]);
    expect(rows(2000)).toEqual([[1, "b", Uint8Array.of(0, 255)]]);
    expect(rows(3000)).toEqual([]);
    expect(rows(1999)).toEqual([[1, "a", null]]);
    one.rows("INSERT INTO photos (title) VALUES ('z')");
    expect(rows(9999)).toEqual([[1, "z", null]]);
    expect(server.page.tables(PATH, 2500)).toMatchObject([{ name: "photos", rowCount: 1 }]);
    expect(rows(null)).toEqual([[1, "z", null]]);
  });

  test("can only be read", () => {
    expect(() => server.page.query(PATH, "DELETE FROM photos", [], 1000)).toThrow("may only read");
  });

  test("are known from the last change of the schema on", () => {
    one.rows("INSERT INTO photos (title) VALUES ('a')");
    time = 2000;
    one.rows("ALTER TABLE photos ADD COLUMN size INTEGER");
    expect(server.page.knownSince(PATH)).toBe(2000);
    expect(() => rows(1999)).toThrow("The tables are known only from 00:00:02.000 UTC on.");
    expect(rows(2000)).toEqual([[1, "a", null, null]]);
  });

  test("are forgotten from the oldest on, when there is too much", () => {
    const image = new Uint8Array(HISTORY_BYTES / 8).fill(1);
    for (time = 2000; time < 3000; time += 100) {
      one.rows("INSERT INTO photos (image) VALUES (?)", [{ b: 0 }], [image]);
    }
    const since = server.page.knownSince(PATH);
    expect(since).toBeGreaterThan(2000);
    expect(server.page.query(PATH, "SELECT count(*) FROM photos", [], since).rows).toEqual([
      [(since - 2000) / 100 + 1],
    ]);
  });

  test("follow triggers and cascades", () => {
    one.rows("PRAGMA foreign_keys = ON");
    one.rows(
      "CREATE TABLE tags (id INTEGER PRIMARY KEY, photo_id REFERENCES photos (id) ON DELETE CASCADE)",
    );
    one.rows(
      "CREATE TRIGGER twin AFTER INSERT ON photos BEGIN INSERT INTO tags (photo_id) VALUES (NEW.id); END",
    );
    one.rows("INSERT INTO photos (id) VALUES (7)");
    time = 2000;
    one.rows("DELETE FROM photos");
    const tags = (at: number) => server.page.query(PATH, "SELECT photo_id FROM tags", [], at).rows;
    expect([tags(1000), tags(2000), tags(1000)]).toEqual([[[7]], [], [[7]]]);
  });

  test("are right after any commits by two processes", () => {
    const id = fc.integer({ min: 1, max: 5 });
    const value = fc.oneof(fc.string(), fc.constant(null), fc.double({ noNaN: true }));
    const statement = fc.oneof(
      fc.tuple(fc.constant("INSERT OR REPLACE INTO photos (id, title) VALUES (?, ?)"), id, value),
      fc.tuple(
        fc.constant("UPDATE OR IGNORE photos SET id = ?, title = ? WHERE id < 4"),
        id,
        value,
      ),
      fc.tuple(fc.constant("DELETE FROM photos WHERE id >= ? AND title IS NOT ?"), id, value),
    );
    const transaction = fc.record({
      first: fc.boolean(),
      rolledBack: fc.boolean(),
      statements: fc.array(statement, { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(transaction, { maxLength: 8 }), (transactions) => {
        const seen = new Map<number, unknown>();
        for (const { first, rolledBack, statements } of transactions) {
          time += 1;
          const client = first ? one : two;
          client.rows("BEGIN IMMEDIATE");
          for (const [sql, ...binds] of statements) client.execute(sql, binds.map(wire));
          client.rows(rolledBack ? "ROLLBACK" : "COMMIT");
          seen.set(time, rows(null));
        }
        for (const [at, expected] of [...seen].reverse()) expect(rows(at)).toEqual(expected);
        for (const [at, expected] of seen) expect(rows(at)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

/** A value as a process sends it. */
function wire(value: string | number | null): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? { f: String(value) } : value;
}

describe("a statement of the page that writes", () => {
  const forever = new AbortController().signal;
  const execute = (sql: string, giveUp: AbortSignal = forever) =>
    server.page.execute(PATH, sql, [], giveUp);

  test("is committed, and told as the page's", async () => {
    const result = await execute("INSERT INTO photos (title) VALUES ('a'), ('b') RETURNING id");
    expect(result).toEqual({ columns: ["id"], rows: [[1], [2]], changes: 2 });
    expect(one.rows("SELECT count(*) FROM photos")).toEqual([[2]]);
    expect(changes()).toMatchObject([{ pid: 0, tables: [{ count: 2 }] }]);
    expect(server.locks()).toEqual([]);
  });

  test("waits its turn", async () => {
    one.rows("BEGIN IMMEDIATE");
    const waiting = execute("INSERT INTO photos (title) VALUES ('page')");
    expect(server.locks()[0]?.waiting).toMatchObject([{ pid: 0 }]);
    one.rows("INSERT INTO photos (title) VALUES ('one')");
    one.rows("COMMIT");
    await waiting;
    expect(rows(null).map(([, title]) => title)).toEqual(["one", "page"]);
  });

  test("gives up with a sentence", async () => {
    one.rows("BEGIN IMMEDIATE");
    const giveUp = new AbortController();
    const waiting = execute("DELETE FROM photos", giveUp.signal);
    giveUp.abort();
    await expect(waiting).rejects.toThrow("The database stayed locked");
    expect(server.locks()[0]?.waiting).toEqual([]);
  });

  test.each([
    "BEGIN",
    "COMMIT",
    "SAVEPOINT a",
    "ATTACH 'x' AS y",
    "VACUUM",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA foreign_keys = off",
  ])("cannot be %s", (sql) => expect(execute(sql)).rejects.toThrow("a transaction of its own"));

  test("keeps foreign keys", async () => {
    one.rows("CREATE TABLE tags (photo_id REFERENCES photos (id))");
    await expect(execute("INSERT INTO tags VALUES (9)")).rejects.toThrow("FOREIGN KEY");
  });
});

test("the schema is told with its columns", () => {
  one.rows("CREATE INDEX by_title ON photos (title)");
  expect(server.page.schema(PATH)).toEqual([
    {
      type: "table",
      name: "photos",
      table: "photos",
      sql: "CREATE TABLE photos (id INTEGER PRIMARY KEY, title TEXT, image BLOB)",
      columns: [
        { name: "id", type: "INTEGER", notNull: false, defaultValue: null, primaryKey: 1 },
        { name: "title", type: "TEXT", notNull: false, defaultValue: null, primaryKey: 0 },
        { name: "image", type: "BLOB", notNull: false, defaultValue: null, primaryKey: 0 },
      ],
    },
    {
      type: "index",
      name: "by_title",
      table: "photos",
      sql: "CREATE INDEX by_title ON photos (title)",
      columns: [],
    },
  ]);
});
