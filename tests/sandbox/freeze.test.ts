/** Time that stands still, and goes on. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until } from "./support/sandbox.ts";

const FILES = {
  "app/jobs/note_job.rb": "class NoteJob < ApplicationJob\n  def perform = puts('noted')\nend\n",
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "web" }, { kind: "jobs" }] });
  await ruby(sandbox, "nil");
});
afterEach(() => sandbox.clock.unfreeze());
afterAll(() => sandbox.dispose());

test("every process has the same time for as long as it is frozen", async () => {
  const { clock } = sandbox;
  clock.freeze();
  const at = clock.now();
  const first = await ruby(sandbox, "Time.now.strftime('%s%N')");
  expect((await sandbox.fetch(new Request("http://localhost/"))).status).toBe(200);
  expect(await ruby(sandbox, "Time.now.strftime('%s%N')")).toBe(first);
  expect([clock.frozen(), clock.now()]).toEqual([true, at]);
  clock.unfreeze();
  expect(clock.now()).toBeGreaterThanOrEqual(at);
  await until(() => clock.now() > at, "time goes on");
});

test("a sleep lasts until time is moved past its end, by exactly as much", async () => {
  const { clock } = sandbox;
  clock.freeze();
  const at = clock.now();
  const entry = sandbox.evaluate("sleep 3600; :awake");
  await clock.advance(3_600_001);
  expect((await entry).result).toBe(":awake");
  expect(Math.round(clock.now() - at)).toBe(3_600_001);
});

test("no worker polls until time goes on, and nobody is pruned", async () => {
  sandbox.clock.freeze();
  await ruby(sandbox, "NoteJob.perform_later; nil");
  expect((await sandbox.queue.counts()).ready).toBe(1);
  expect((await sandbox.snapshot()).clockOffset).toBeGreaterThanOrEqual(0);
  sandbox.clock.unfreeze();
  await until(async () => (await sandbox.queue.counts()).finished === 1, "the job is performed");
  const types = sandbox.events.history().map(({ type }) => type);
  expect(types).not.toContain("process.exited");
  expect(types.filter((type) => type.startsWith("clock."))).toContain("clock.unfrozen");
});
