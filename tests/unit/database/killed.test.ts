import { expect, test } from "vitest";
import { DatabaseServer } from "../../../src/sandbox/database/server.ts";
import { TestClient } from "./client.ts";

const ENDLESS =
  "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT sum(x) FROM n";

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
