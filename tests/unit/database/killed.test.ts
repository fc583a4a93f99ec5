import { expect, test } from "vitest";
import { SharedClock } from "../../../src/sandbox/clock.ts";
import { ProcessControl } from "../../../src/sandbox/control.ts";
import { DatabaseServer } from "../../../src/sandbox/database/server.ts";
import { serveDatabase } from "../../../src/sandbox/database/worker.ts";
import { decodeFrame, encodeMessage } from "../../../src/sandbox/frame.ts";
import { createChannelBuffer, SyncClient } from "../../../src/sandbox/sync-channel.ts";
import { TestClient, type Answer } from "./client.ts";

const ENDLESS =
  "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT sum(x) FROM n";

/** Ends by itself, before the limit for one statement, which would interrupt it too. */
const LONG =
  "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000000) SELECT sum(x) FROM n";

test("a statement ends when its process is killed, and the others go on", async () => {
  let looks = 0;
  const server = await DatabaseServer.create({
    isKilled: (pid) => pid === 1 && ++looks > 3,
  });
  const victim = new TestClient(server, 1);
  victim.rows("CREATE TABLE photos (id INTEGER PRIMARY KEY)");
  victim.rows("BEGIN IMMEDIATE");
  victim.rows("INSERT INTO photos VALUES (1)");
  expect(victim.execute(ENDLESS).error).toMatchObject({ message: "interrupted" });
  server.disconnect(1);
  const other = new TestClient(server, 2);
  expect(other.rows("SELECT count(*) FROM photos")).toEqual([[0]]);
});

test("the database's worker looks at the control word of the process that it serves", async () => {
  const control = new ProcessControl();
  let receive: (message: unknown) => void = () => {};
  const channel = { port: {}, buffer: createChannelBuffer() };
  const worker = await serveDatabase(new SharedClock().buffer, {
    listen: (_port, receiver) => (receive = receiver),
    post: () => {},
  });
  worker({ type: "connect", pid: 7, control: control.buffer, channel });
  // The worker answers within the call: no thread of its own is needed.
  const client = new SyncClient({ postMessage: (message) => receive(message) }, channel.buffer);
  const ask = (body: Record<string, unknown>) =>
    JSON.parse(decodeFrame(client.call(encodeMessage(body))).json) as Answer;
  const { handle } = ask({ op: "db.open", path: "test.sqlite3" });
  expect(ask({ op: "db.execute", handle, sql: "SELECT 1", binds: [] }).rows).toEqual([[1]]);
  control.kill();
  const { error } = ask({ op: "db.execute", handle, sql: LONG, binds: [] });
  expect(error).toMatchObject({ message: "interrupted" });
});
