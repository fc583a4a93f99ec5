/** The stand-in for StackBlitz's service has no more than a WebContainer may have. */
import { expect, test } from "vitest";
import { Instance } from "../sandbox/support/container-service/instance.ts";

const PROGRAM = `
  import { createRequire } from "node:module";
  import { Worker } from "node:worker_threads";
  const require = createRequire(import.meta.url);
  const tell = (name, how) => (error) => console.log(name + " " + how + ": " + (error?.message ?? "is there"));
  for (const name of ["node:sqlite", "node:wasi"]) {
    await import(name).then(tell(name, "imported"), tell(name, "imported"));
    try { require(name); tell(name, "required")(); } catch (error) { tell(name, "required")(error); }
    console.log(name + " asked for: " + typeof process.getBuiltinModule(name));
    const worker = new Worker(new URL("worker.mjs", import.meta.url), { workerData: name });
    const failed = await new Promise((done) => worker.on("error", done).on("exit", () => done()));
    tell(name, "in a worker")(failed);
  }
  console.log("end");
`;

const WORKER = `
  import { workerData } from "node:worker_threads";
  await import(workerData);
`;

test("Node's own SQLite and WASI are not there, in its workers neither", async () => {
  const instance = await Instance.create({}, () => undefined);
  let said = "";
  await instance.fs().writeFile("try.mjs", PROGRAM);
  await instance.fs().writeFile("worker.mjs", WORKER);
  const command = { command: "node", args: ["try.mjs"] };
  const process = instance.run(command, null, null, (data) => {
    if (data) said += new TextDecoder().decode(data);
  });
  expect(await process.onExit).toBe(0);
  const lines = ["node:sqlite", "node:wasi"].flatMap((name) => [
    `${name} imported: There is no ${name} in a WebContainer.`,
    `${name} required: There is no ${name} in a WebContainer.`,
    `${name} asked for: undefined`,
    `${name} in a worker: There is no ${name} in a WebContainer.`,
  ]);
  expect(said.split("\r\n").filter((line) => /^node:|^end/.test(line))).toEqual([...lines, "end"]);
  await instance.teardown();
});
