/** Threads, timeouts and signals do what they do in Ruby on any machine. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until } from "./support/sandbox.ts";
import { alive, linesOf, present } from "./support/stream.ts";

const FILES = {
  "app/jobs/patient_job.rb": `
    class PatientJob < ApplicationJob
      def perform
        trap("TERM") { puts "no, thank you" }
        puts "trap is set"
      end
    end`,
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES });
});
afterAll(() => sandbox.dispose());

async function error(code: string): Promise<string> {
  const evaluation = await sandbox.evaluate(code);
  return `${evaluation.error?.className}: ${evaluation.error?.message}`;
}

describe("Timeout.timeout", () => {
  test("raises nothing once its block has ended", async () => {
    const value = await ruby(
      sandbox,
      `late = []
       20.times do |number|
         begin
           Timeout.timeout(0.002) { sleep 0.0005 * number }
         rescue Timeout::Error
         end
         begin
           sleep 0.003
           Photo.count
         rescue Exception => error
           late << error
         end
       end
       late`,
    );
    expect(value).toBe("[]");
  });

  test("counts from the call, also when the block does not wait at first", async () => {
    const code = `
      started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      begin
        Timeout.timeout(0.2) do
          nil until Process.clock_gettime(Process::CLOCK_MONOTONIC) - started > 0.3
          sleep 10
          :slept
        end
      rescue Timeout::Error
        Process.clock_gettime(Process::CLOCK_MONOTONIC) - started < 5
      end`;
    expect(await ruby(sandbox, code)).toBe("true");
  });

  test("raises at the end of a block that computed for too long", async () => {
    const code =
      "Timeout.timeout(0.05) { 20.times { 100_000.times { } }; sleep 0.06 if false; nil until Time.now > $until }";
    expect(await error(`$until = Time.now + 0.2; ${code}`)).toBe(
      "Timeout::Error: execution expired",
    );
  });

  test("is not rescued inside its block, unless its class was asked for", async () => {
    expect(await error("Timeout.timeout(0.01) { begin; sleep; rescue => e; :rescued; end }")).toBe(
      "Timeout::Error: execution expired",
    );
    const asked =
      "Timeout.timeout(0.01, KeyError) { begin; sleep; rescue KeyError; :rescued; end }";
    expect(await ruby(sandbox, asked)).toBe(":rescued");
  });

  test("nests: the first that is due wins, the other still holds", async () => {
    const code = (outer: number, inner: number) =>
      `Timeout.timeout(${outer}, IndexError) { Timeout.timeout(${inner}, KeyError) { sleep } }`;
    expect(await error(code(5, 0.01))).toContain("KeyError");
    expect(await error(code(0.01, 5))).toContain("IndexError");
    const both =
      "Timeout.timeout(0.05, IndexError) { begin; Timeout.timeout(0.01, KeyError) { sleep }; rescue KeyError; sleep; end }";
    expect(await error(both)).toContain("IndexError");
  });
});

describe("Thread#kill", () => {
  test.each([
    ["another thread", "sleep"],
    ["itself", "Thread.current.kill"],
  ])("ends %s: ensure runs, no rescue sees it", async (_, code) => {
    const value = await ruby(
      sandbox,
      `seen = []
       thread = Thread.new do
         begin
           ${code}
         rescue Exception => error
           seen << error.class
         ensure
           seen << :ensure
         end
         seen << :after
       end
       sleep 0.001
       thread.kill
       thread.join
       [ seen, thread.status, thread.value ]`,
    );
    expect(value).toBe("[[:ensure], false, nil]");
  });

  test("does not run a thread that has not begun", async () => {
    expect(await ruby(sandbox, "ran = []; t = Thread.new { ran << 1 }; t.kill; t.join; ran")).toBe(
      "[]",
    );
  });
});

describe("a thread", () => {
  test.each([
    [
      "is a Thread",
      "t = Thread.new { }; [ t.is_a?(Thread), Thread === t, Thread === 1 ]",
      "[true, true, false]",
    ],
    ["is let go by run", "t = Thread.new { Thread.stop; :ran }; Thread.pass; t.run.value", ":ran"],
    [
      "has a backtrace while it lives",
      "t = Thread.new { sleep }; Thread.pass; lines = t.backtrace_locations.map(&:path); t.kill.join; [ lines.include?('(console)'), t.backtrace ]",
      "[true, nil]",
    ],
    [
      "is not interrupted within handle_interrupt, but after it",
      `ready, go, seen = Queue.new, Queue.new, []
       t = Thread.new do
         Thread.handle_interrupt(IndexError => :never) do
           begin
             Thread.handle_interrupt(KeyError => :immediate) { ready << 1; sleep }
           rescue KeyError
             seen << :inner
           end
           ready << 1
           seen << go.pop << Thread.pending_interrupt?
         end
       rescue KeyError
         seen << :after
       end
       2.times { ready.pop; t.raise(KeyError) }
       go << :went_on
       t.join
       seen`,
      "[:inner, :went_on, true, :after]",
    ],
  ])("%s", async (_, code, value) => {
    expect(await ruby(sandbox, code)).toBe(value);
  });

  test.each([
    [
      "its own",
      "Thread.new { Thread.current.abort_on_exception = true; raise KeyError, 'x' }; sleep",
    ],
    [
      "every",
      "begin; Thread.abort_on_exception = true; Thread.new { raise KeyError, 'x' }; sleep; ensure; Thread.abort_on_exception = false; end",
    ],
  ])("raises in the main thread with %s abort_on_exception", async (_, code) => {
    expect(await error(code)).toBe("KeyError: x");
  });

  test("reports no exception where it shall not", async () => {
    const code = "Thread.report_on_exception = false; Thread.new { raise 'x' }.join rescue 1";
    expect((await sandbox.evaluate(code)).output).toBe("");
    await ruby(sandbox, "Thread.report_on_exception = true");
  });
});

test.each([
  ['"1"', "TypeError: can't convert String into time interval"],
  ["-1", "ArgumentError: time interval must not be negative"],
])("sleep(%s) is refused", async (duration, message) => {
  expect(await error(`sleep(${duration})`)).toBe(message);
});

test("a suspended thread keeps what C holds for it when garbage is collected", async () => {
  const wrong = await ruby(
    sandbox,
    `20.times.flat_map do
       threads = Array.new(3) do |number|
         Thread.new { [ 1, 2, 3 ].map { |item| sleep 0.0001; "#{number} #{item}" } }
       end
       Thread.pass
       GC.start
       Array.new(2000) { |number| [ number, :garbage ] }
       threads.map.with_index do |thread, number|
         value = thread.value
         value unless value == [ 1, 2, 3 ].map { |item| "#{number} #{item}" }
       end
     end.compact`,
  );
  expect(wrong).toBe("[]");
});

test("garbage is collected however deep blocks are nested", async () => {
  const deepest = await ruby(
    sandbox,
    `deep = ->(levels) { levels.zero? ? GC.start : [ 1 ].each { deep.(levels - 1) } }
     [ 50, 100, 200, 400 ].each { |levels| deep.(levels) }.last`,
  );
  expect(deepest).toBe("400");
});

describe("blocks of C that are nested sixty deep", () => {
  const DEEP = `
    def deep(levels, &last) = levels.zero? ? last.call : [ 1 ].each { instance_exec { deep(levels - 1, &last) } }
  `;

  test("are left by throw", async () => {
    expect(await ruby(sandbox, `${DEEP}; catch(:out) { deep(60) { throw :out, 42 } }`)).toBe("42");
  });

  test("catch what is thrown within, after garbage was collected", async () => {
    const code =
      "deep(60) { $caught = catch(:in) { words = %w[ a b ]; GC.start; throw :in, words } }";
    expect(await ruby(sandbox, `${DEEP}; ${code}; $caught`)).toBe('["a", "b"]');
  });

  test("let each level rescue and raise again", async () => {
    const code = `
      rescued = []
      descend = ->(levels) do
        [ 1 ].each { catch(:unused) { levels.zero? ? raise("deep") : descend.(levels - 1) } }
      rescue RuntimeError
        rescued << levels
        raise unless levels == 60
      ensure
        rescued << :ensured
      end
      descend.(60)
      [ rescued.count(:ensured), rescued - [ :ensured ] == [ *0..60 ] ]`;
    expect(await ruby(sandbox, code)).toBe("[61, true]");
  });

  test("switch Fibers and go on where they were", async () => {
    const code = `${DEEP}
      fiber = Fiber.new do
        deep(20) { catch(:once) { Fiber.yield 1; GC.start; throw :once }; Fiber.yield 2 }
        3
      end
      [ catch(:unused) { fiber.resume }, deep(20) { catch(:other) { $two = fiber.resume } } && $two, fiber.resume ]`;
    expect(await ruby(sandbox, code)).toBe("[1, 2, 3]");
  });
});

describe("Process.kill", () => {
  test("0 and EXIT ask whether a process is there", async () => {
    for (const signal of ["0", '"EXIT"', ":EXIT", '"SIGEXIT"']) {
      expect(await ruby(sandbox, `Process.kill(${signal}, Process.pid)`)).toBe("1");
      expect(await error(`Process.kill(${signal}, 99_999)`)).toBe("Errno::ESRCH: No such process");
    }
    expect(await ruby(sandbox, "1 + 1")).toBe("2");
  });

  test("takes names with and without SIG, and refuses others", async () => {
    await ruby(sandbox, "$seen = []; trap(:SIGTERM) { $seen << _1 }; nil");
    for (const signal of ['"TERM"', '"SIGTERM"', ":TERM", ":SIGTERM", "15"]) {
      await ruby(sandbox, `Process.kill(${signal}, $$); sleep 0.001`);
    }
    expect(await ruby(sandbox, "$seen")).toBe("[15, 15, 15, 15, 15]");
    await ruby(sandbox, 'trap("TERM", "DEFAULT"); nil');
    expect(await error('Process.kill("NOSUCH", $$)')).toMatch(
      /^ArgumentError: unsupported signal `SIGNOSUCH'/,
    );
    expect(await error("Process.kill(99, $$)")).toContain("Errno::EINVAL");
    expect(await error("Process.kill(:TERM)")).toContain("ArgumentError");
    expect(await error('Process.kill(:TERM, "1")')).toContain("TypeError");
    expect(await error("Process.kill(nil, $$)")).toBe("ArgumentError: bad signal type NilClass");
    expect(await error('trap("KILL") { }')).toContain("Errno::EINVAL");
  });

  test("knows no process groups", async () => {
    expect(await error("Process.kill(:TERM, -Process.pid)")).toBe("Errno::ESRCH: No such process");
    expect(await ruby(sandbox, "Process.kill(0, 0)")).toBe("1");
  });

  test("$$ is the pid", async () => {
    expect(await ruby(sandbox, "[ $$ == Process.pid, $$ > 0 ]")).toBe("[true, true]");
  });
});

test("a process whose own trap keeps it from ending runs again", async () => {
  const { pid } = await sandbox.processes.start({ kind: "jobs" });
  const status = () => sandbox.processes.list().find((process) => process.pid === pid)?.status;
  await ruby(sandbox, "PatientJob.perform_later; nil");
  await until(() => linesOf(sandbox, "trap is set").length > 0, "the trap is set");
  sandbox.processes.signal(pid, "TERM");
  expect(status()).toBe("stopping");
  await until(() => status() === "running", "it is taken for running again");
  expect(linesOf(sandbox, "no, thank you")).toHaveLength(1);
  sandbox.processes.signal(pid, "QUIT");
  await sandbox.processes.wait(pid);
});

test("trap('EXIT') runs before the at_exit blocks", async () => {
  await ruby(
    sandbox,
    'at_exit { STDOUT.puts "bye at_exit" }; trap("EXIT") { STDOUT.puts "bye trap" }; nil',
  );
  const { pid } = present(alive(sandbox, "console")[0]);
  sandbox.processes.signal(pid, "TERM");
  await sandbox.processes.wait(pid);
  expect(linesOf(sandbox, "bye").map(({ text }) => text)).toEqual(["bye trap", "bye at_exit"]);
});
