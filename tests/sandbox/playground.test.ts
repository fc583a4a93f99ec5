/** The empty app of the playground on the real engine: nothing of the photo app is left in it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadStartingApps } from "../../src/course/node/load-playground.ts";
import { EMPTY_APP } from "../../src/course/playground.ts";
import { readBootImage } from "../../src/sandbox/boot-image/read.ts";
import { createNodeSandbox } from "../../src/sandbox/local/node.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { ruby, untilDrained } from "./support/sandbox.ts";

let sandbox: Sandbox;

beforeAll(async () => {
  const empty = (await loadStartingApps()).find(({ app }) => app.id === EMPTY_APP.id);
  sandbox = createNodeSandbox();
  await sandbox.boot({
    files: empty?.files ?? {},
    image: readBootImage("public/boot"),
    processes: [{ kind: "web" }, { kind: "jobs" }],
  });
});
afterAll(() => sandbox.dispose());

test("its page answers, and no other", async () => {
  const get = async (path: string) =>
    sandbox.fetch(new Request(`http://localhost:3000${path}`)).then(async (response) => ({
      status: response.status,
      text: await response.text(),
    }));
  const home = await get("/");
  expect(home.status).toBe(200);
  expect(home.text).toContain("<h1>Hello</h1>");
  expect((await get("/photos")).status).toBe(404);
});

test("its job is performed by a worker", async () => {
  await ruby(sandbox, 'HelloJob.perform_later("playground"); nil');
  const [job] = await untilDrained(sandbox);
  expect([job?.className, job?.state]).toEqual(["HelloJob", "finished"]);
});

test("no model and no table of the photos are there", async () => {
  expect(await ruby(sandbox, "defined?(Photo).inspect")).toContain("nil");
  const tables = await sandbox.database.tables("primary");
  expect(tables.map(({ name }) => name)).not.toContain("photos");
});
