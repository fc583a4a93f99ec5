/** Signals to a process whose code never pauses, and rescues whatever is raised. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProcessInfo, Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until } from "./support/sandbox.ts";
import { eventsOf, linesOf, present, rowsOf } from "./support/stream.ts";

const FILES = {
  "app/jobs/stubborn_job.rb": `
    class StubbornJob < ApplicationJob
      def perform(how)
        puts "#{how} begins"
        loop do
          case how
          when "computes" then 1 + 1
          when "asks" then Photo.uncached { Photo.count }
          when "sleeps" then sleep 0.05
          end
        rescue Exception
        end
      end
    end`,
  "config/routes.rb": `
    Rails.application.routes.draw do
      get "stubborn", to: ->(_) { puts "request begins"; loop { begin; 1 + 1; rescue Exception; end } }
    end`,
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "web" }] });
});
afterAll(() => sandbox.dispose());

async function inTheMiddle(how: string): Promise<ProcessInfo> {
  const worker = await sandbox.processes.start({ kind: "jobs", threads: 1 });
  const begun = linesOf(sandbox, `${how} begins`).length;
  await ruby(sandbox, `StubbornJob.perform_later("${how}"); nil`);
  await until(() => linesOf(sandbox, `${how} begins`).length > begun, "the job has begun");
  return worker;
}

async function givenBack(): Promise<void> {
  const state = async () => present((await rowsOf(sandbox, "StubbornJob")).at(-1)).state;
  await until(async () => (await state()) === "ready", "the job is given back");
  const [row] = (await rowsOf(sandbox, "StubbornJob")).slice(-1);
  await until(
    () => eventsOf(sandbox, "job.released").some(({ jobIds }) => jobIds.includes(present(row).id)),
    "that is told",
  );
  expect(await sandbox.queue.processes()).toEqual([]);
  await sandbox.queue.discard(present(row).id);
}

test.each([
  ["computes", "ended 5 s after TERM, in the middle of a job that never paused"],
  ["asks", "exited with status 0"],
  ["sleeps", "exited with status 0"],
])("TERM: a job that %s is ended after the shutdown timeout", async (how, reason) => {
  const { pid } = await inTheMiddle(how);
  const sent = sandbox.clock.now();
  sandbox.processes.signal(pid, "TERM");
  expect(await sandbox.processes.wait(pid)).toEqual({ code: 0, signal: null, reason });
  expect(sandbox.clock.now() - sent).toBeGreaterThanOrEqual(5_000);
  await givenBack();
});

test.each([
  ["computes", "ended by QUIT, in the middle of a job that never paused"],
  ["asks", "exited with status 0"],
])("QUIT: a job that %s is ended at once", async (how, reason) => {
  const { pid } = await inTheMiddle(how);
  sandbox.processes.signal(pid, "QUIT");
  expect(await sandbox.processes.wait(pid)).toEqual({ code: 0, signal: null, reason });
  await givenBack();
});

test("QUIT ends a request, TERM a console entry, that computes for ever", async () => {
  const request = sandbox.fetch(new Request("http://localhost:3000/stubborn"));
  await until(() => linesOf(sandbox, "request begins").length > 0, "the request has begun");
  const entry = sandbox.evaluate("loop { begin; 1 + 1; rescue Exception; end }");
  const pids = Object.fromEntries(sandbox.processes.list().map(({ kind, pid }) => [kind, pid]));
  sandbox.processes.signal(present(pids["web"]), "QUIT");
  sandbox.processes.signal(present(pids["console"]), "TERM");
  await expect(request).rejects.toThrow("has ended: received QUIT");
  expect((await entry).error?.message).toContain("has ended: received TERM");
});
