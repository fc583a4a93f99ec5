import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { DatabaseServer } from "../../../src/sandbox/database/server.ts";
import { decodeFrame, encodeFrame } from "../../../src/sandbox/frame.ts";
import { TestClient } from "./client.ts";

let server: DatabaseServer;
let client: TestClient;

beforeAll(async () => {
  server = await DatabaseServer.create();
  client = new TestClient(server, 1);
  client.rows("CREATE TABLE stored (value)");
});

function roundTrip(bind: unknown, blobs: Uint8Array[] = []) {
  client.rows("DELETE FROM stored");
  client.rows("INSERT INTO stored VALUES (?)", [bind], blobs);
  return client.execute("SELECT value, typeof(value) FROM stored");
}

/** The text of the first cell in the JSON, before anything has parsed it. */
function firstCell(json: string): string | undefined {
  return /"rows":\[\[([^,]*),/.exec(json)?.[1];
}

describe("values survive the way in and out", () => {
  test("integers of 64 bits, as exact digits", () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (value) => {
        const answer = roundTrip({ i: value.toString() });
        expect(firstCell(answer.json)).toBe(value.toString());
        expect(answer.rows?.[0]?.[1]).toBe("integer");
      }),
    );
  });

  test("small integers as bare numbers", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const answer = roundTrip(value);
        expect(answer.rows?.[0]).toEqual([Object.is(value, -0) ? 0 : value, "integer"]);
      }),
    );
  });

  test("floats, which always look like floats", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const answer = client.execute("SELECT ?, typeof(?1)", [
          { f: Object.is(value, -0) ? "-0.0" : String(value) },
        ]);
        const cell = firstCell(answer.json) as string;
        expect(cell).toMatch(/[.e]/);
        expect(Number(cell)).toBe(value);
        expect(answer.rows?.[0]?.[1]).toBe("real");
      }),
    );
  });

  test.each(["Infinity", "-Infinity"])("%s", (text) => {
    const answer = roundTrip({ f: text });
    expect(answer.rows).toEqual([[null, "real"]]);
    expect(answer.patches).toEqual([[0, 0, "f", text]]);
  });

  test("NaN is NULL, as in SQLite", () => {
    expect(roundTrip({ f: "NaN" }).rows).toEqual([[null, "null"]]);
  });

  test("texts with quotes, NUL, emoji and everything else that is UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        fc.pre(value.isWellFormed());
        expect(roundTrip(value).rows).toEqual([[value, "text"]]);
      }),
    );
    expect(roundTrip('it\'s \u0000 "quoted" \\ 👩‍🚀\u2028\uFEFF').rows?.[0]?.[0]).toBe(
      'it\'s \u0000 "quoted" \\ 👩‍🚀\u2028\uFEFF',
    );
  });

  test("texts that are not UTF-8 keep their bytes", () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0xfe, 0);
    const answer = roundTrip({ t: 0 }, [bytes]);
    expect(answer.rows).toEqual([[null, "text"]]);
    expect(answer.patches).toEqual([[0, 0, "t", 0]]);
    expect(answer.blobs).toEqual([bytes]);
  });

  test("blobs", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (value) => {
        const answer = roundTrip({ b: 0 }, [value]);
        expect(answer.rows).toEqual([[null, "blob"]]);
        expect(answer.patches).toEqual([[0, 0, "b", 0]]);
        expect(answer.blobs).toEqual([value]);
      }),
    );
  });

  test("NULL and booleans", () => {
    expect(client.rows("SELECT ?, ?, ?", [null, true, false])).toEqual([[null, 1, 0]]);
  });

  test("several blobs, one of them used twice", () => {
    const [a, b] = [new Uint8Array(50_000).fill(1), Uint8Array.of(2)];
    const answer = client.execute("SELECT ?, ?, ?, 'x'", [{ b: 0 }, { b: 1 }, { b: 0 }], [a, b]);
    expect(answer.blobs).toEqual([a, b, a]);
    expect(answer.patches?.map(([, column]) => column)).toEqual([0, 1, 2]);
  });

  test("by name and by position", () => {
    expect(client.rows("SELECT :a, ?2, :a", { ":a": 1, "2": "two" })).toEqual([[1, "two", 1]]);
  });

  test("the whole way through bytes of frames", () => {
    const blob = crypto.getRandomValues(new Uint8Array(1000));
    const json = JSON.stringify({
      op: "db.execute",
      handle: client.handle,
      sql: "SELECT ?",
      binds: [{ b: 0 }],
      blobs: [blob.byteLength],
    });
    const answer = decodeFrame(server.handleBytes(1, encodeFrame(json, [blob])));
    expect(answer.blobs).toEqual([blob]);
  });
});

describe("size", () => {
  test("a blob of 5 MB", () => {
    const blob = new Uint8Array(5_000_000).map((_, i) => i);
    const answer = roundTrip({ b: 0 }, [blob]);
    expect(Buffer.compare(answer.blobs[0] as Uint8Array, blob)).toBe(0);
  });

  test("a text of 5 MB, in the statement too", () => {
    const text = "é".repeat(2_500_000);
    expect(roundTrip(text).rows?.[0]?.[0]).toBe(text);
    expect(client.rows(`SELECT length('${text}')`)).toEqual([[2_500_000]]);
  });

  test("100,000 rows", () => {
    const rows = client.rows(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT i, 'row ' || i FROM n",
    );
    expect(rows).toHaveLength(100_000);
    expect(rows.at(-1)).toEqual([100_000, "row 100000"]);
  });

  test("a result without end is refused before memory ends", () => {
    const answer = client.execute(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i, i, i, i, i, i, i FROM n",
    );
    expect(answer.error).toMatchObject({ message: "the result is too big", primary: 18 });
    expect(client.execute("SELECT zeroblob(500000000)").error?.primary).toBe(18);
    expect(client.rows("SELECT 1")).toEqual([[1]]);
  });

  test("memory is used again", () => {
    const use = () => {
      client.rows("SELECT ?", [{ b: 0 }], [new Uint8Array(3_000_000)]);
      const other = new TestClient(server, 2, "again.sqlite3");
      other.rows("PRAGMA journal_mode = wal");
      other.rows("CREATE TABLE IF NOT EXISTS t (x)");
      other.rows("INSERT INTO t VALUES (1)");
      other.call("db.close");
    };
    use();
    const before = server.memoryBytes;
    for (let i = 0; i < 200; i++) use();
    expect(server.memoryBytes).toBe(before);
  });
});

describe("columns", () => {
  test("are left out when the caller knows them, until the schema changes", () => {
    client.rows("CREATE TABLE wide (a)");
    const first = client.execute("SELECT * FROM wide");
    expect(first.columns).toEqual(["a"]);
    const again = client.call("db.execute", { sql: "SELECT * FROM wide", shape: first.shape });
    expect(again.columns).toBeUndefined();
    client.rows("ALTER TABLE wide RENAME COLUMN a TO b");
    const changed = client.call("db.execute", { sql: "SELECT * FROM wide", shape: first.shape });
    expect(changed.columns).toEqual(["b"]);
  });

  test("are numbered from the same beginning in each server, for builds that give the same bytes", async () => {
    const firstShape = async () => {
      const fresh = new TestClient(await DatabaseServer.create(), 1);
      return fresh.execute("SELECT 1").shape;
    };
    expect(await firstShape()).toBe(await firstShape());
  });

  test("are there without rows, and none for a statement that has none", () => {
    expect(client.execute('SELECT 1 AS x, 2 AS "o\'clock" WHERE 0').columns).toEqual([
      "x",
      "o'clock",
    ]);
    expect(client.execute("CREATE TABLE none (a)").columns).toEqual([]);
  });
});
