/** Processes that were made ready before anybody asked for them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { LocalSandbox } from "../../src/sandbox/local/local-sandbox.ts";
import { nodePlatform } from "../../src/sandbox/local/node.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby } from "./support/sandbox.ts";

let sandbox: Sandbox;
const workers = { started: 0, ended: 0 };

beforeAll(async () => {
  const platform = {
    ...nodePlatform,
    spareProcesses: 1,
    startWorker(role: "process" | "database") {
      const worker = nodePlatform.startWorker(role);
      if (role === "database") return worker;
      workers.started += 1;
      const terminate = () => {
        workers.ended += 1;
        worker.terminate();
      };
      return { ...worker, terminate };
    },
  };
  sandbox = await bootTestSandbox({ create: () => new LocalSandbox(platform), processes: [] });
});
afterAll(() => sandbox.dispose());

test("one is ready for the next process, which knows the files and the time as they are then", async () => {
  expect(workers.started).toBe(2);
  sandbox.files.write("app/models/later.rb", "class Later\n  VALUE = 42\nend\n");
  await sandbox.clock.advance(3_600_000);
  const { pid } = await sandbox.processes.start({ kind: "web" });
  expect(workers.started).toBe(3);
  const response = await sandbox.fetch(new Request("http://localhost:3000/"));
  expect(response.status).toBe(200);
  const [, second] = sandbox.processes.list();
  expect(second).toMatchObject({ pid, kind: "web", status: "running" });
  expect(await ruby(sandbox, "Later::VALUE")).toBe("42");
});

test("a sandbox that is disposed of ends it as well", async () => {
  await sandbox.dispose();
  expect(workers.ended).toBe(workers.started);
});
