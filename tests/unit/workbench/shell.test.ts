import { expect, test, vi } from "vitest";
import type { ProcessInfo, Sandbox } from "../../../src/sandbox/sandbox.ts";
import {
  LOCAL_CAPABILITIES,
  WEBCONTAINER_CAPABILITIES,
} from "../../../src/sandbox/capabilities.ts";
import { createInputHistory } from "../../../src/workbench/console/history.ts";
import { completed } from "../../../src/workbench/console/use-completion.ts";
import { parseKill } from "../../../src/workbench/shell/processes.ts";
import { runShellLine, wordsOf } from "../../../src/workbench/shell/shell.ts";
import { memoryStorage } from "../../../src/course/storage.ts";

const FILES: Record<string, string> = { "app/jobs/a_job.rb": "class AJob; end", Gemfile: "gem" };

function fakeSandbox() {
  const web = { pid: 101, name: "web", kind: "web", status: "running" } as ProcessInfo;
  const sandbox = {
    capabilities: LOCAL_CAPABILITIES,
    processes: {
      list: () => [{ ...web, startedAt: 0, memoryBytes: 142_000_000 }],
      signal: vi.fn(),
      start: vi.fn(({ kind }: { kind: string }) =>
        Promise.resolve({ name: `${kind}-1`, pid: 104 }),
      ),
    },
    files: { list: () => Object.keys(FILES), readText: (path: string) => FILES[path] },
    queue: { recurringTasks: () => Promise.resolve([]) },
    clock: { now: () => 0 },
    evaluate: vi.fn((code: string) =>
      Promise.resolve(
        code.includes("raise")
          ? {
              output: "so far\n",
              result: null,
              error: {
                className: "RuntimeError",
                message: "no",
                backtrace: ["a.rb:1"],
                location: null,
              },
            }
          : { output: "out\n", result: "nil", error: null },
      ),
    ),
  };
  const run = (line: string) => runShellLine(line, sandbox as unknown as Sandbox);
  return { sandbox, run };
}

test("a line is cut into words as a shell does", () => {
  expect(wordsOf(`bin/rails runner 'puts "a b"'`)).toEqual(["bin/rails", "runner", 'puts "a b"']);
  expect(wordsOf("echo $HOME")).toEqual(["echo", "$HOME"]);
  expect(() => wordsOf("ps | grep jobs")).toThrow("`|`");
});

test("kill knows its signals by number and name", () => {
  expect(parseKill(["-9", "102"])).toEqual({ signal: "KILL", pids: [102] });
  expect(parseKill(["-SIGTERM", "1", "2"])).toEqual({ signal: "TERM", pids: [1, 2] });
  expect(parseKill(["-s", "quit", "7"])).toEqual({ signal: "QUIT", pids: [7] });
  expect(parseKill(["7"])).toEqual({ signal: "TERM", pids: [7] });
  expect(() => parseKill(["-STOP", "7"])).toThrow("TERM");
  expect(() => parseKill(["jobs"])).toThrow("`ps`");
});

test("commands do to the sandbox what they say", async () => {
  const { sandbox, run } = fakeSandbox();
  expect((await run("ps")).output).toContain("101");
  await run("kill -9 101");
  expect(sandbox.processes.signal).toHaveBeenCalledWith(101, "KILL");
  expect((await run("bin/jobs")).output).toContain("pid 104");
  expect(await run("bin/rails runner 'puts 1'")).toEqual({ output: "out", failed: false });
  expect(sandbox.evaluate).toHaveBeenCalledWith("puts 1", undefined);
  expect((await run("bin/rails db:migrate")).failed).toBe(false);
  expect(await run("bin/rails runner 'raise :no'")).toEqual({
    output: "so far\nRuntimeError: no\n\tfrom a.rb:1",
    failed: true,
  });
  expect((await run("crontab -l")).output).toContain("no cron");
  expect((await run("ls")).output).toBe("Gemfile\napp/");
  expect((await run("cat app/jobs/a_job.rb")).output).toBe("class AJob; end");
  expect((await run("help")).output).toContain("This is no Unix shell");
});

test("beside a shell of the host's own, help lists what that has not", async () => {
  const { sandbox, run } = fakeSandbox();
  Object.assign(sandbox, { capabilities: WEBCONTAINER_CAPABILITIES });
  const { output } = await run("help");
  expect(output).toMatch(/^bin\/kill /m);
  expect(output).toMatch(/^bin\/jobs/m);
  expect(output).not.toMatch(/bin\/ls|bin\/bin|no Unix shell|no pipes/);
});

test("what is not known is said in a sentence", async () => {
  const { run } = fakeSandbox();
  expect(await run("")).toEqual({ output: "", failed: false });
  for (const line of [
    "vim",
    "jobs",
    "JOB_CONCURRENCY=2 bin/jobs",
    "ps; ps",
    "kill",
    "ls nowhere",
  ]) {
    const { output, failed } = await run(line);
    expect([line, failed, /\.$/.test(output)]).toEqual([line, true, true]);
  }
});

test("history is kept for the next visit", () => {
  const storage = memoryStorage();
  const first = createInputHistory({ storage, key: "h" });
  for (const line of ["one", "two", "two"]) first.add(line);
  const next = createInputHistory({ storage, key: "h" });
  expect([next.previous("draft"), next.previous(""), next.previous("")]).toEqual([
    "two",
    "one",
    "one",
  ]);
  expect([next.next(), next.next()]).toEqual(["two", "draft"]);
  storage.setItem("h", '{"version":1,"lines":"broken"}');
  expect(createInputHistory({ storage, key: "h" }).previous("x")).toBe("x");
});

test("a candidate takes the place of the word before the cursor", () => {
  expect(completed("Photo.fir.title", 9, 3, "first")).toBe("Photo.first.title");
  expect(completed("", 0, 0, "Photo")).toBe("Photo");
});
