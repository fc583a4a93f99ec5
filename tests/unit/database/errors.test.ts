import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { DatabaseServer } from "../../../src/sandbox/database/server.ts";
import { ask, TestClient } from "./client.ts";

let server: DatabaseServer;
let client: TestClient;

beforeAll(async () => {
  server = await DatabaseServer.create({ statementLimit: 300 });
  client = new TestClient(server, 1);
  client.rows("PRAGMA foreign_keys = ON");
  client.rows(
    "CREATE TABLE photos (id INTEGER PRIMARY KEY, title NOT NULL UNIQUE, size CHECK (size > 0))",
  );
  client.rows("CREATE TABLE tags (photo_id REFERENCES photos (id))");
  client.rows("INSERT INTO photos VALUES (1, 'a', 1)");
});

describe("errors of SQLite", () => {
  test.each([
    ["INSERT INTO photos VALUES (2, 'a', 1)", 2067, "UNIQUE constraint failed: photos.title"],
    ["INSERT INTO photos VALUES (1, 'b', 1)", 1555, "UNIQUE constraint failed: photos.id"],
    ["INSERT INTO photos VALUES (2, NULL, 1)", 1299, "NOT NULL constraint failed: photos.title"],
    ["INSERT INTO photos VALUES (2, 'b', 0)", 275, "CHECK constraint failed: size > 0"],
    ["INSERT INTO tags VALUES (9)", 787, "FOREIGN KEY constraint failed"],
  ])("%s", (sql, code, message) => {
    expect(client.execute(sql).error).toEqual({
      message,
      code,
      primary: 19,
      offset: -1,
      preparing: false,
    });
  });

  test("say where a statement does not compile", () => {
    expect(client.execute("SELECT * FORM photos").error).toEqual({
      message: 'near "FORM": syntax error',
      code: 1,
      primary: 1,
      offset: 9,
      preparing: true,
    });
    expect(client.execute("SELECT * FROM nope").error).toMatchObject({
      message: "no such table: nope",
    });
  });

  test("tell what has become of the transaction", () => {
    client.rows("BEGIN");
    const answer = ask(server, 1, { op: "db.execute", handle: client.handle, sql: "nonsense" });
    expect(answer.transaction).toBe(true);
    client.rows("ROLLBACK");
  });

  test("of a file that is not there, or only to read", () => {
    const open = { op: "db.open", path: "missing.sqlite3", readonly: true };
    expect(ask(server, 1, open).error).toMatchObject({
      message: "unable to open database file",
      primary: 14,
    });
    expect(ask(server, 1, { ...open, readonly: false, create: false }).error?.primary).toBe(14);
    const reader = new TestClient(server, 1, "test.sqlite3", { readonly: true });
    expect(reader.execute("DELETE FROM photos").error).toMatchObject({
      message: "attempt to write a readonly database",
      primary: 8,
    });
  });

  test("of parameters that do not exist", () => {
    expect(client.execute("SELECT ?", [1, 2]).error).toMatchObject({
      message: "column index out of range",
    });
    expect(client.execute("SELECT :a", { ":b": 1 }).error).toMatchObject({
      message: "no such bind parameter",
    });
  });

  test("double-quoted strings only where they are allowed", () => {
    const strict = new TestClient(server, 1, "test.sqlite3", { strict: true });
    expect(strict.execute('SELECT "text"').error?.message).toContain("no such column");
    expect(client.rows('SELECT "text"')).toEqual([["text"]]);
  });
});

describe("a statement without end", () => {
  const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";

  test("is interrupted", () => {
    expect(client.execute(`${endless} SELECT count(*) FROM n`).error).toMatchObject({
      message: "interrupted",
    });
    expect(client.rows("SELECT 1")).toEqual([[1]]);
  });

  test("as part of several too", () => {
    const answer = client.call("db.batch", { sql: `SELECT 1; ${endless} SELECT count(*) FROM n` });
    expect(answer.error?.message).toBe("interrupted");
  });
});

describe("messages that make no sense are answered with an error", () => {
  test.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["null", "null"],
    ["no operation", { handle: 1 }],
    ["an unknown operation", { op: "db.explode" }],
    ["no path", { op: "db.open" }],
    ["an empty path", { op: "db.open", path: "/" }],
    ["a path beyond all bounds", { op: "db.open", path: "x".repeat(5000) }],
    ["a path with NUL", { op: "db.open", path: "a\0b" }],
    ["a strange flag", { op: "db.open", path: "x", readonly: 7 }],
    ["no handle", { op: "db.execute", sql: "SELECT 1" }],
    ["an unknown handle", { op: "db.execute", handle: 999, sql: "SELECT 1" }],
    ["no SQL", { op: "db.execute", handle: 1 }],
    ["SQL of another type", { op: "db.execute", handle: 1, sql: 5 }],
    ["binds of another type", { op: "db.execute", handle: 1, sql: "SELECT ?", binds: 7 }],
    ["an unknown bind", { op: "db.execute", handle: 1, sql: "SELECT ?", binds: [{ x: 1 }] }],
    ["a nested bind", { op: "db.execute", handle: 1, sql: "SELECT ?", binds: [[1]] }],
    [
      "a blob that is not there",
      { op: "db.execute", handle: 1, sql: "SELECT ?", binds: [{ b: 3 }] },
    ],
    ["no float", { op: "db.execute", handle: 1, sql: "SELECT ?", binds: [{ f: "one" }] }],
    ["no integer", { op: "db.execute", handle: 1, sql: "SELECT ?", binds: [{ i: "1e3" }] }],
    [
      "too big an integer",
      { op: "db.execute", handle: 1, sql: "SELECT ?", binds: [{ i: "9223372036854775808" }] },
    ],
    ["nothing to run", { op: "db.execute", handle: 1, sql: "-- nothing" }],
    ["an unknown ticket", { op: "db.collect", ticket: 99 }],
  ])("%s", (_, body) => {
    expect(ask(server, 1, body).error?.primary).toBe(21);
    expect(client.rows("SELECT 1")).toEqual([[1]]);
  });

  test("nor does anything else break the server", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.constantFrom("db.execute", "db.open", "db.batch", "db.close"),
        (json, op) => {
          ask(server, 2, json);
          ask(server, 2, {
            op,
            handle: JSON.parse(json),
            sql: json,
            path: json,
            binds: JSON.parse(json),
          });
          expect(client.rows("SELECT 1")).toEqual([[1]]);
        },
      ),
    );
    expect(() => server.handleBytes(1, crypto.getRandomValues(new Uint8Array(50)))).not.toThrow();
  });
});

test("only so many compiled statements are kept", () => {
  for (let i = 0; i < 1000; i++) client.rows(`SELECT ${i}`);
  expect(client.rows("SELECT count(*) FROM sqlite_stmt")[0]?.[0]).toBeLessThanOrEqual(201);
});

test("a trap inside SQLite is told", async () => {
  const traps: string[] = [];
  let broken = false;
  const trapping = await DatabaseServer.create({
    now: () => {
      if (broken) throw new WebAssembly.RuntimeError("unreachable");
      return 0;
    },
    onTrap: (reason) => traps.push(reason),
  });
  const process = new TestClient(trapping, 1);
  broken = true;
  const answer = process.execute("SELECT CURRENT_TIMESTAMP");
  expect(answer.error?.message).toContain("unreachable");
  expect(traps).toEqual(["RuntimeError: unreachable"]);
});
