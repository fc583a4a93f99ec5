import { beforeEach, describe, expect, test } from "vitest";
import { DatabaseServer } from "../../../src/sandbox/database/server.ts";
import { ask, TestClient } from "./client.ts";

const BUSY = 5;
const BUSY_SNAPSHOT = 517;

let server: DatabaseServer;
let ready: [pid: number, ticket: number][];
let one: TestClient;
let two: TestClient;

beforeEach(async () => {
  ready = [];
  server = await DatabaseServer.create({
    onTicketReady: (pid, ticket) => ready.push([pid, ticket]),
  });
  one = open(1);
  two = open(2);
  one.rows("CREATE TABLE jobs (name)");
});

function open(pid: number): TestClient {
  const client = new TestClient(server, pid);
  client.rows("PRAGMA journal_mode = wal");
  return client;
}

function count(client: TestClient): unknown {
  return client.rows("SELECT count(*) FROM jobs")[0]?.[0];
}

function park(client: TestClient, sql: string): number {
  const { parked } = client.execute(sql);
  expect(parked).toBeTypeOf("number");
  return parked as number;
}

test("rows of an open transaction are invisible to others", () => {
  one.rows("BEGIN IMMEDIATE");
  one.rows("INSERT INTO jobs VALUES ('a')");
  expect(count(one)).toBe(1);
  expect(count(two)).toBe(0);
  one.rows("COMMIT");
  expect(count(two)).toBe(1);
});

test("a reader keeps its snapshot until its transaction ends", () => {
  two.rows("BEGIN");
  expect(count(two)).toBe(0);
  one.rows("INSERT INTO jobs VALUES ('a')");
  expect(count(two)).toBe(0);
  two.rows("COMMIT");
  expect(count(two)).toBe(1);
});

describe("a second writer", () => {
  test("waits, and the others behind it, first come first served", () => {
    const clients = [3, 4, 5].map(open);
    one.rows("BEGIN IMMEDIATE");
    const tickets = clients.map((client) => park(client, "BEGIN IMMEDIATE"));
    expect(clients[0]?.collect(tickets[0] as number).parked).toBe(tickets[0]);
    one.rows("COMMIT");
    expect(ready).toEqual([[3, tickets[0]]]);
    // The one who has just let go has to queue up again.
    const back = park(one, "BEGIN IMMEDIATE");
    clients.forEach((client, i) => {
      expect(client.collect(tickets[i] as number).transaction).toBe(true);
      client.rows("INSERT INTO jobs VALUES ('x')");
      client.rows("COMMIT");
    });
    expect(ready.map(([pid]) => pid)).toEqual([3, 4, 5, 1]);
    expect(one.collect(back).transaction).toBe(true);
    expect(count(two)).toBe(3);
  });

  test("without a transaction of its own does not stop those behind it", () => {
    const three = open(3);
    one.rows("BEGIN IMMEDIATE");
    const first = park(two, "INSERT INTO jobs VALUES ('b')");
    const second = park(three, "INSERT INTO jobs VALUES ('c')");
    one.rows("ROLLBACK");
    expect(ready).toEqual([
      [2, first],
      [3, second],
    ]);
    expect(two.collect(first).changes).toBe(1);
    expect(three.collect(second).changes).toBe(1);
  });

  test("gets the error that its statement meets once it is its turn", () => {
    one.rows("CREATE TABLE once (id UNIQUE)");
    one.rows("BEGIN IMMEDIATE");
    one.rows("INSERT INTO once VALUES (1)");
    const ticket = park(two, "INSERT INTO once VALUES (1)");
    one.rows("COMMIT");
    expect(two.collect(ticket).error?.message).toBe("UNIQUE constraint failed: once.id");
  });

  test("can give up", () => {
    one.rows("BEGIN IMMEDIATE");
    const ticket = park(two, "BEGIN IMMEDIATE");
    expect(two.cancel(ticket).error).toMatchObject({
      message: "database is locked",
      primary: BUSY,
    });
    one.rows("COMMIT");
    expect(ready).toEqual([]);
    expect(server.locks()).toEqual([]);
    expect(two.collect(ticket).error?.message).toBe("no such ticket");
  });

  test("gets the lock all the same when it came while giving up", () => {
    one.rows("BEGIN IMMEDIATE");
    const ticket = park(two, "BEGIN IMMEDIATE");
    one.rows("COMMIT");
    expect(two.cancel(ticket).transaction).toBe(true);
    expect(server.locks()).toMatchObject([
      { path: "test.sqlite3", holder: { pid: 2 }, waiting: [] },
    ]);
  });

  test("who does not want to wait is told at once", () => {
    one.rows("BEGIN IMMEDIATE");
    const answer = two.call("db.execute", { sql: "BEGIN IMMEDIATE", wait: false });
    expect(answer.error).toMatchObject({ message: "database is locked", code: BUSY });
  });

  test("with a snapshot is told at once, as SQLite does for fear of a deadlock", () => {
    two.rows("BEGIN");
    count(two);
    one.rows("BEGIN IMMEDIATE");
    expect(two.execute("INSERT INTO jobs VALUES ('b')").error?.code).toBe(BUSY);
    one.rows("INSERT INTO jobs VALUES ('a')");
    one.rows("COMMIT");
    expect(two.execute("INSERT INTO jobs VALUES ('b')").error?.code).toBe(BUSY_SNAPSHOT);
  });

  test("on another database is not concerned", () => {
    const other = new TestClient(server, 3, "other.sqlite3");
    one.rows("BEGIN IMMEDIATE");
    expect(other.execute("BEGIN IMMEDIATE").transaction).toBe(true);
    expect(server.locks()).toHaveLength(2);
  });

  test("with several statements goes on where the lock stopped it", () => {
    two.rows("CREATE TEMP TABLE mine (x)");
    one.rows("BEGIN IMMEDIATE");
    const batch =
      "INSERT INTO mine VALUES (1); INSERT INTO jobs VALUES ('b'); INSERT INTO mine VALUES (2);";
    const { parked } = two.call("db.batch", { sql: batch });
    one.rows("COMMIT");
    expect(two.collect(parked as number).changes).toBe(1);
    expect(two.rows("SELECT x FROM mine")).toEqual([[1], [2]]);
    expect(count(two)).toBe(1);
  });

  test("that asks for something else has given up", () => {
    one.rows("BEGIN IMMEDIATE");
    const ticket = park(two, "BEGIN IMMEDIATE");
    expect(count(two)).toBe(0);
    one.rows("COMMIT");
    expect(two.collect(ticket).error?.message).toBe("no such ticket");
  });
});

describe("when a process dies", () => {
  test("its transaction rolls back and the next one has the lock", () => {
    one.rows("BEGIN IMMEDIATE");
    one.rows("INSERT INTO jobs VALUES ('a')");
    const ticket = park(two, "INSERT INTO jobs VALUES ('b')");
    server.disconnect(1);
    expect(ready).toEqual([[2, ticket]]);
    expect(two.rows("SELECT name FROM jobs")).toEqual([["b"]]);
  });

  test("its place in the line is free", () => {
    const three = open(3);
    one.rows("BEGIN IMMEDIATE");
    park(two, "BEGIN IMMEDIATE");
    const ticket = park(three, "BEGIN IMMEDIATE");
    server.disconnect(2);
    one.rows("COMMIT");
    expect(ready).toEqual([[3, ticket]]);
  });

  test("a message that was still on its way opens nothing", () => {
    server.disconnect(1);
    expect(one.execute("BEGIN IMMEDIATE").error?.message).toBe("the process has ended");
    expect(ask(server, 1, { op: "db.open", path: "test.sqlite3" }).error?.message).toBe(
      "the process has ended",
    );
    server.connect(1);
    expect(ask(server, 1, { op: "db.open", path: "test.sqlite3" }).handle).toBeTypeOf("number");
  });
});

test("closing the connection lets the next one on", () => {
  one.rows("BEGIN IMMEDIATE");
  const ticket = park(two, "BEGIN IMMEDIATE");
  one.call("db.close");
  expect(ready).toEqual([[2, ticket]]);
});

test("a process cannot use the connection or the ticket of another", () => {
  one.rows("BEGIN IMMEDIATE");
  const ticket = park(two, "BEGIN IMMEDIATE");
  const foreign = ask(server, 2, { op: "db.execute", handle: one.handle, sql: "SELECT 1" });
  expect(foreign.error?.message).toBe("called on a closed database");
  expect(one.cancel(ticket).error?.message).toBe("no such ticket");
  expect(two.cancel(ticket).error?.primary).toBe(BUSY);
});

test("without WAL a commit waits for the reader", () => {
  const plain = [1, 2].map((pid) => new TestClient(server, pid, "plain.sqlite3")) as [
    TestClient,
    TestClient,
  ];
  plain[0].rows("CREATE TABLE jobs (name)");
  plain[1].rows("BEGIN");
  count(plain[1]);
  plain[0].rows("BEGIN IMMEDIATE");
  plain[0].rows("INSERT INTO jobs VALUES ('a')");
  const ticket = park(plain[0], "COMMIT");
  plain[1].rows("COMMIT");
  expect(plain[0].collect(ticket).transaction).toBe(false);
  expect(count(plain[1])).toBe(1);
});

test("the WAL is checkpointed and does not grow for ever", () => {
  one.rows("CREATE TABLE big (bytes)");
  for (let i = 0; i < 300; i++) one.rows("INSERT INTO big VALUES (zeroblob(100000))");
  const [row] = one.rows("PRAGMA wal_checkpoint") as [number, number, number][];
  const pages = row?.[1] as number;
  expect(pages).toBeLessThan(1500);
});
