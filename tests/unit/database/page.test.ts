import { beforeEach, describe, expect, test } from "vitest";
import { DatabaseServer } from "../../../src/sandbox/database/server.ts";
import { DatabaseError } from "../../../src/sandbox/sandbox.ts";
import { TestClient } from "./client.ts";

const PATH = "storage/development.sqlite3";

const READS_ONLY =
  "Here a statement may only read: SELECT, EXPLAIN, or a PRAGMA that changes nothing.";

let server: DatabaseServer;
let client: TestClient;

beforeEach(async () => {
  server = await DatabaseServer.create();
  client = new TestClient(server, 1, `/workspace/${PATH}`);
  client.rows("PRAGMA journal_mode = wal");
  client.rows('CREATE TABLE photos (id INTEGER PRIMARY KEY, "odd ""name""" TEXT)');
  client.rows("INSERT INTO photos VALUES (1, 'a'), (2, 'b')");
});

describe("query", () => {
  test("returns values of JavaScript", () => {
    const { columns, rows } = server.page.query(
      PATH,
      "SELECT 1 AS i, 0.5, 9007199254740993, 'é', x'00ff', NULL, 2.0",
    );
    expect(columns[0]).toBe("i");
    expect(rows).toEqual([[1, 0.5, 9007199254740993n, "é", Uint8Array.of(0, 255), null, 2]]);
  });

  test("binds them", () => {
    const values = [1, 2 ** 40, 0.5, 2n ** 62n, "é", Uint8Array.of(1), null];
    const { rows } = server.page.query(PATH, "SELECT ?, ?, ?, ?, ?, ?, ?", values);
    expect(rows).toEqual([values]);
  });

  test("sees only what is committed, and no lock of a process stops it", () => {
    client.rows("BEGIN IMMEDIATE");
    client.rows("DELETE FROM photos");
    expect(server.page.query(PATH, "SELECT count(*) FROM photos").rows).toEqual([[2]]);
    client.rows("COMMIT");
    expect(server.page.query(PATH, "SELECT count(*) FROM photos").rows).toEqual([[0]]);
  });

  test.each([
    ["DELETE FROM photos", READS_ONLY],
    ["CREATE TEMP TABLE photos (id)", READS_ONLY],
    ["CREATE TEMP VIEW photos AS SELECT 1", READS_ONLY],
    ["ATTACH '/other.sqlite3' AS other", READS_ONLY],
    ["VACUUM INTO '/copy.sqlite3'", READS_ONLY],
    ["PRAGMA locking_mode = EXCLUSIVE", READS_ONLY],
    ["PRAGMA query_only(0)", READS_ONLY],
    ["PRAGMA journal_mode = delete", READS_ONLY],
    ["PRAGMA writable_schema = on", READS_ONLY],
    ["BEGIN", READS_ONLY],
    ["SAVEPOINT a", READS_ONLY],
    ["EXPLAIN ATTACH 'x' AS y", READS_ONLY],
    ["SELECT * FROM nope", "no such table: nope"],
    ["SELECT 1; SELECT 2", "Only one statement at a time can be run here"],
    ["-- nothing", "There is no statement to run"],
  ])("refuses %s", (sql, message) => {
    expect(() => server.page.query(PATH, sql)).toThrow(new DatabaseError(message));
  });

  test("does not mind what follows without being a statement", () => {
    expect(server.page.query(PATH, "SELECT 1; -- done\n /* really */ ;").rows).toEqual([[1]]);
  });

  test.each([
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT max(i) FROM n",
    "EXPLAIN QUERY PLAN SELECT * FROM photos",
    "PRAGMA table_info(photos)",
    "PRAGMA user_version",
    "PRAGMA integrity_check",
    "SELECT * FROM pragma_table_info('photos')",
    "VALUES (1, 2)",
  ])("allows %s", (sql) => {
    expect(server.page.query(PATH, sql).rows).not.toEqual([]);
  });

  test("leaves the backend's connection as it was", () => {
    expect(() => server.page.query(PATH, "CREATE TEMP TABLE photos (id)")).toThrow(DatabaseError);
    expect(server.page.backendQuery(PATH, "SELECT count(*) FROM photos").rows).toEqual([[2]]);
    expect(() => server.page.backendQuery(PATH, "DELETE FROM photos")).toThrow(READS_ONLY);
  });

  test("of a database that nobody has opened", () => {
    expect(() => server.page.query("other.sqlite3", "SELECT 1")).toThrow(
      "There is no database other.sqlite3",
    );
  });
});

test("tables", () => {
  client.rows('CREATE TABLE "a ""quoted"" table" (x)');
  expect(server.page.tables(PATH)).toEqual([
    { name: 'a "quoted" table', rowCount: 0, sql: 'CREATE TABLE "a ""quoted"" table" (x)' },
    {
      name: "photos",
      rowCount: 2,
      sql: 'CREATE TABLE photos (id INTEGER PRIMARY KEY, "odd ""name""" TEXT)',
    },
  ]);
});

test("locks", () => {
  client.rows("BEGIN");
  client.rows("SELECT * FROM photos");
  expect(server.locks()).toEqual([]);
  client.rows("DELETE FROM photos");
  expect(server.locks()).toMatchObject([{ path: PATH, holder: { pid: 1 }, waiting: [] }]);
  client.rows("ROLLBACK");
  expect(server.locks()).toEqual([]);
});

describe("export and import", () => {
  test("carry a database into another sandbox, with what lies in its WAL", async () => {
    client.rows("BEGIN IMMEDIATE");
    client.rows("INSERT INTO photos VALUES (3, 'uncommitted')");
    const bytes = server.page.export(PATH);
    expect(new TextDecoder().decode(bytes.subarray(0, 15))).toBe("SQLite format 3");
    const other = await DatabaseServer.create();
    other.page.import(PATH, bytes);
    expect(other.page.query(PATH, "SELECT id FROM photos").rows).toEqual([[1], [2]]);
    const process = new TestClient(other, 1, PATH);
    expect(process.rows("PRAGMA journal_mode = wal")).toEqual([["wal"]]);
    process.rows("INSERT INTO photos VALUES (3, 'c')");
    expect(other.page.query(PATH, "SELECT count(*) FROM photos").rows).toEqual([[3]]);
  });

  test("replace what is there, also a longer file", () => {
    const before = server.page.export(PATH);
    client.rows(
      "INSERT INTO photos SELECT value, hex(zeroblob(1000)) FROM generate_series(10, 2000)".replace(
        "generate_series(10, 2000)",
        "(WITH RECURSIVE n(value) AS (SELECT 10 UNION ALL SELECT value + 1 FROM n WHERE value < 2000) SELECT value FROM n)",
      ),
    );
    expect(() => server.page.import(PATH, before)).toThrow(
      `${PATH} is in use: end the processes first`,
    );
    server.disconnect(1);
    server.page.import(PATH, before);
    expect(server.page.query(PATH, "SELECT count(*) FROM photos").rows).toEqual([[2]]);
    expect(server.page.query(PATH, "PRAGMA integrity_check").rows).toEqual([["ok"]]);
  });

  test("a broken file changes nothing", () => {
    const bytes = server.page.export(PATH);
    server.disconnect(1);
    const broken = bytes.slice(0, bytes.byteLength - 100).fill(7, 100, 5000);
    expect(() => server.page.import(PATH, broken)).toThrow(DatabaseError);
    expect(() => server.page.import(PATH, new TextEncoder().encode("hello".repeat(1000)))).toThrow(
      DatabaseError,
    );
    expect(server.page.query(PATH, "SELECT count(*) FROM photos").rows).toEqual([[2]]);
  });
});

test("two servers in one program share nothing", async () => {
  const other = await DatabaseServer.create();
  expect(new TestClient(other, 1, PATH).rows("SELECT count(*) FROM sqlite_schema")).toEqual([[0]]);
});

test("time in SQL is sandbox time", async () => {
  const future = Date.UTC(2100, 0, 2, 3, 4, 5, 678);
  const other = await DatabaseServer.create({ now: () => future });
  const rows = new TestClient(other, 1).rows(
    "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now'), CURRENT_TIMESTAMP, unixepoch()",
  );
  expect(rows).toEqual([["2100-01-02 03:04:05.678", "2100-01-02 03:04:05", future / 1000 - 0.678]]);
});

test("a version", () => {
  expect(server.version).toMatch(/^3\.\d+\.\d+$/);
});

const ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";

test("what is too big to show is refused", async () => {
  const patient = await DatabaseServer.create({ statementLimit: Infinity });
  new TestClient(patient, 1, `/workspace/${PATH}`).rows("SELECT 1");
  expect(() => patient.page.query(PATH, ENDLESS)).toThrow(
    "The result is too big to show: add a LIMIT",
  );
}, 120_000);

test("what runs for too long is stopped with a sentence", async () => {
  const impatient = await DatabaseServer.create({ statementLimit: 1 });
  new TestClient(impatient, 1, `/workspace/${PATH}`).rows("SELECT 1");
  const never = ENDLESS.replace("SELECT i FROM n", "SELECT max(i) FROM n");
  expect(() => impatient.page.query(PATH, never)).toThrow("ran for too long and was stopped");
});
