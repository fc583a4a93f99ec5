/** The programs that the container's shell has in `bin/`, run by a real Node. */
import { execFile } from "node:child_process";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LocalFiles } from "../../src/sandbox/local/files.ts";
import type { RunnerMessage } from "../../src/sandbox/webcontainer/messages.ts";
import { RunnerShell } from "../../src/sandbox/webcontainer/runner-shell.ts";

let folder: string;
let files: LocalFiles;
let shell: RunnerShell;
let sent: RunnerMessage[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "perform-later-shell-"));
  files = new LocalFiles(() => undefined);
  sent = [];
  shell = new RunnerShell(folder, files, (message) => sent.push(message));
});
afterEach(async () => {
  shell.stop();
  await rm(folder, { recursive: true });
});

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function run(program: string, ...args: string[]) {
  const ended = Promise.withResolvers<Ended>();
  const file = path.join(folder, "bin", program);
  const child = execFile(process.execPath, [file, ...args], (error, stdout, stderr) =>
    ended.resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
  );
  return { child, ended: ended.promise };
}

const asked = () => sent.filter((message) => message.type === "command");

test("a program asks word by word, and prints what comes back", async () => {
  expect(await shell.prepare(["bin/rails", "kill"])).toEqual(["rails", "kill"]);
  const rails = run("rails", "runner", 'puts "a b"');
  await vi.waitFor(() => expect(asked()).toHaveLength(1), 30_000);
  expect(asked()[0]?.words).toEqual(["bin/rails", "runner", 'puts "a b"']);
  shell.answer(asked()[0]?.id ?? 0, { output: "42 photos é", failed: false });
  expect(await rails.ended).toEqual({ code: 0, stdout: "42 photos é\n", stderr: "" });

  const kill = run("kill", "-9", "1");
  await vi.waitFor(() => expect(asked()).toHaveLength(2), 30_000);
  shell.answer(asked()[1]?.id ?? 0, { output: "There is no process 1.", failed: true });
  expect(await kill.ended).toEqual({ code: 1, stdout: "", stderr: "There is no process 1.\n" });
});

test("a program that is interrupted takes back what it has asked", async () => {
  await shell.prepare(["bin/rails"]);
  const { child, ended } = run("rails", "runner", "sleep");
  await vi.waitFor(() => expect(asked()).toHaveLength(1), 30_000);
  child.kill("SIGINT");
  expect((await ended).code).toBe(130);
  const { id } = asked()[0] ?? {};
  await vi.waitFor(() => expect(sent.at(-1)).toEqual({ type: "command-ended", id }), 30_000);
});

test("nobody is answered without the programs' token or without words, and nobody once it has stopped", async () => {
  await shell.prepare(["bin/rails"]);
  const source = await readFile(path.join(folder, "bin/rails"), "utf8");
  const address = `http://127.0.0.1:${/port: (\d+)/.exec(source)?.[1]}/`;
  const response = await fetch(address, { method: "POST", body: '["bin/rails"]' });
  expect(response.status).toBe(403);
  const token = /token: "(\w+)"/.exec(source)?.[1] ?? "";
  for (const body of ['{"no":"words"}', "[1]", "not JSON"]) {
    const refused = await fetch(address, { method: "POST", body, headers: { token } });
    expect(refused.status).toBe(400);
  }
  expect(sent).toEqual([]);
  shell.stop();
  const { code, stderr } = await run("rails").ended;
  expect([code, stderr]).toEqual([1, expect.stringContaining("The sandbox does not answer")]);
});

test("the folder has the app's files as they are now", async () => {
  files.replace({ "app/a.rb": "a", "config.ru": Uint8Array.of(0, 255) });
  await shell.prepare(["bin/rails"]);
  expect(await readFile(path.join(folder, "config.ru"))).toEqual(Buffer.from([0, 255]));
  files.write("app/a.rb", "b");
  files.delete("config.ru");
  shell.filesChanged();
  await vi.waitFor(async () => {
    expect(await readFile(path.join(folder, "app/a.rb"), "utf8")).toBe("b");
    await expect(access(path.join(folder, "config.ru"))).rejects.toThrow("ENOENT");
  }, 30_000);
  await access(path.join(folder, "bin/rails"));
});
