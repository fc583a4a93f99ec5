/** The container's shell: the app's files, programs that ask the sandbox, and their end. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox, ShellAnswer, ShellSession } from "../../src/sandbox/sandbox.ts";
import { ContainerService } from "./support/container-service/service.ts";
import { bootTestSandbox, until } from "./support/sandbox.ts";
import { createWebContainerSandbox } from "./support/webcontainer.ts";

let service: ContainerService;
let sandbox: Sandbox;
let session: ShellSession;
let shown = "";
const asked: { words: string[]; signal: AbortSignal }[] = [];
let answer: () => Promise<ShellAnswer> = () => Promise.resolve({ output: "", failed: false });

beforeAll(async () => {
  service = await ContainerService.start();
  sandbox = await bootTestSandbox({ create: createWebContainerSandbox });
  const opened = await sandbox.shell?.open({
    size: { cols: 80, rows: 24 },
    commands: ["bin/rails", "kill"],
    run(words, signal) {
      asked.push({ words, signal });
      return answer();
    },
  });
  if (!opened) throw new Error("There is no shell.");
  session = opened;
  void session.output.pipeTo(new WritableStream({ write: (text) => void (shown += text) }));
});
afterAll(async () => {
  await sandbox?.dispose();
  await service?.stop();
});

const sees = (text: string) => until(() => shown.includes(text), `the shell shows ${text}`);

test("stands in a folder with the app's files, as the learner writes them", async () => {
  session.write("cat app/models/photo.rb\r");
  await sees("class Photo < ApplicationRecord");
  sandbox.files.write("app/models/photo.rb", "# mine é");
  sandbox.files.delete("config.ru");
  const arrived = "grep -q 'mine é' app/models/photo.rb && ! test -e config.ru";
  session.write(`until ${arrived}; do sleep 0.1; done; echo both "arrived"\r`);
  await sees("both arrived\r\n");
});

test("its programs have the sandbox do what they are asked, word by word", async () => {
  answer = () => Promise.resolve({ output: "42 photos é", failed: false });
  session.write('bin/rails runner \'puts "a b"\' && echo went "well"\r');
  await sees("went well\r\n");
  expect(asked.at(-1)?.words).toEqual(["bin/rails", "runner", 'puts "a b"']);
  expect(shown).toContain("42 photos é\r\n");
  answer = () => Promise.resolve({ output: "There is no process 1.", failed: true });
  session.write('bin/kill -9 1 || echo went "badly"\r');
  await sees("went badly\r\n");
  expect(asked.at(-1)?.words).toEqual(["kill", "-9", "1"]);
});

test("Ctrl-C ends a program and what was asked by it", async () => {
  answer = () => new Promise(() => undefined);
  const before = asked.length;
  session.write("bin/rails runner 'sleep'\r");
  await until(() => asked.length > before, "the program has asked");
  session.write("\x03");
  await until(() => asked.at(-1)?.signal.aborted === true, "it is aborted");
  session.write('echo still "here"\r');
  await sees("still here\r\n");
});

test("ends with its status", async () => {
  session.write("exit 3\r");
  expect(await session.exit).toBe(3);
});
