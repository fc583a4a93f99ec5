import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  ProcessStartError,
  type ProcessInfo,
  type Sandbox,
  type StartOptions,
} from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";
import { alive, eventsOf, linesOf, present, rowsOf } from "./support/stream.ts";

const FILES = {
  "app/jobs/gated_job.rb": `
    class GatedJob < ApplicationJob
      def perform(gate)
        puts "entered #{gate}"
        sleep 0.02 until Photo.uncached { Photo.exists?(title: "open #{gate}") }
        puts "left #{gate}"
      end
    end`,
  "app/jobs/ruby_job.rb": `
    class RubyJob < ApplicationJob
      def perform(code) = eval(code)
    end`,
  // One without the time that a worker gives its jobs to finish.
  "config/initializers/solid_queue.rb": "SolidQueue.shutdown_timeout = 60.seconds",
};

let sandbox: Sandbox;
let worker: ProcessInfo;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [] });
});

beforeEach(async () => {
  await ruby(sandbox, "Sandbox::DatabaseSetup.empty");
  worker = await sandbox.processes.start({ kind: "jobs" });
});

afterEach(() => {
  for (const { pid } of alive(sandbox, "jobs")) sandbox.processes.signal(pid, "KILL");
});

afterAll(() => sandbox.dispose());

const text = (prefix: string) => linesOf(sandbox, prefix).map((line) => line.text);
const info = (pid: number) =>
  present(sandbox.processes.list().find((process) => process.pid === pid));

/** Has the worker evaluate it. */
async function inJob(code: string): Promise<void> {
  await ruby(sandbox, `RubyJob.perform_later(${JSON.stringify(code).replaceAll("#", "\\#")})`);
}

async function enter(gate: string): Promise<void> {
  await ruby(sandbox, `GatedJob.perform_later("${gate}")`);
  await until(() => text("entered").includes(`entered ${gate}`), `${gate} has begun`);
}

async function open(gate: string): Promise<void> {
  await ruby(
    sandbox,
    `Photo.insert!({ title: "open ${gate}", image: "x", content_type: "x" }); nil`,
  );
}

/** Its supervisor has seen the signal: until then its worker may still claim, as on a server. */
function untilTold(pid: number): Promise<void> {
  const gone = () => eventsOf(sandbox, "process.deregistered").filter((event) => event.pid === pid);
  return until(() => gone().some(({ kind }) => kind === "Dispatcher"), "the dispatcher has ended");
}

async function lastState(className: string): Promise<string | undefined> {
  return (await rowsOf(sandbox, className)).at(-1)?.state;
}

/** Starts another worker and lets it do what is left. */
async function finishElsewhere(): Promise<void> {
  await sandbox.processes.start({ kind: "jobs" });
  await untilDrained(sandbox);
}

test("registered processes send heartbeats, so that nobody takes them for dead", async () => {
  await sandbox.clock.advance(20 * 60_000);
  const beats = eventsOf(sandbox, "process.heartbeat").filter(({ pid }) => pid === worker.pid);
  const rows = await sandbox.queue.processes();
  expect(rows.map(({ kind }) => kind)).toEqual(["Supervisor", "Dispatcher", "Worker"]);
  for (const { id, kind, name, lastHeartbeatAt, prunableAt } of rows) {
    const own = beats.filter(({ registeredId }) => registeredId === id);
    expect(own.length).toBeGreaterThanOrEqual(4);
    expect(own.at(-1)).toMatchObject({ kind, name });
    // Rows are read to the millisecond.
    expect(lastHeartbeatAt).toBeLessThanOrEqual(present(own.at(-1)).time);
    expect(prunableAt).toBe(lastHeartbeatAt + 5 * 60_000);
    expect(prunableAt).toBeGreaterThan(sandbox.clock.now());
  }
});

test("TERM lets the job in hand finish, and takes no other", async () => {
  await enter("term");
  sandbox.processes.signal(worker.pid, "TERM");
  expect(info(worker.pid).status).toBe("stopping");
  await untilTold(worker.pid);
  await ruby(sandbox, 'GatedJob.perform_later("after term")');
  await open("term");
  expect(await sandbox.processes.wait(worker.pid)).toMatchObject({ code: 0 });
  expect(text("left")).toContain("left term");
  expect((await rowsOf(sandbox, "GatedJob")).map((row) => row.state)).toEqual([
    "finished",
    "ready",
  ]);
  expect(await sandbox.queue.processes()).toEqual([]);
  const gone = eventsOf(sandbox, "process.deregistered").filter(({ pid }) => pid === worker.pid);
  expect(gone.map(({ kind }) => kind).sort()).toEqual(["Dispatcher", "Supervisor", "Worker"]);
  await open("after term");
  await finishElsewhere();
});

test("QUIT gives the job in hand back to the queue, and it begins again", async () => {
  await enter("quit");
  const before = present((await rowsOf(sandbox, "GatedJob")).at(-1));
  sandbox.processes.signal(worker.pid, "QUIT");
  await sandbox.processes.wait(worker.pid);
  expect((await rowsOf(sandbox, "GatedJob")).at(-1)).toMatchObject({
    id: before.id,
    state: "ready",
  });
  expect(eventsOf(sandbox, "job.released").at(-1)).toMatchObject({ jobIds: [before.id] });
  await open("quit");
  await finishElsewhere();
  expect(text("entered").filter((line) => line === "entered quit")).toHaveLength(2);
  expect(text("left").filter((line) => line === "left quit")).toHaveLength(1);
});

test("exit!(3) in a job ends the process at once, and says so", async () => {
  await inJob("at_exit { puts 'never' }; Process.exit!(3)");
  expect(await sandbox.processes.wait(worker.pid)).toEqual({
    code: 3,
    signal: null,
    reason: "called exit!(3)",
  });
  expect(text("never")).toEqual([]);
  expect(await lastState("RubyJob")).toBe("claimed");
  const [row] = (await rowsOf(sandbox, "RubyJob")).slice(-1);
  expect(eventsOf(sandbox, "process.exited").at(-1)).toMatchObject({
    pid: worker.pid,
    exit: { code: 3 },
  });
  // Nobody but another supervisor can fail it, and that takes a while.
  await sandbox.processes.start({ kind: "jobs" });
  await sandbox.clock.advance(15 * 60_000);
  expect((await rowsOf(sandbox, "RubyJob")).at(-1)).toMatchObject({
    id: row?.id,
    state: "failed",
    error: { className: "SolidQueue::Processes::ProcessPrunedError" },
  });
});

test("an Exception in a job, exit among them, fails the job and leaves the process running", async () => {
  for (const code of ["exit 4", "raise Exception, 'all the way'", "abort", "throw :nowhere"]) {
    await inJob(code);
    await until(async () => (await lastState("RubyJob")) === "failed", `“${code}” has failed`);
  }
  const errors = (await rowsOf(sandbox, "RubyJob")).slice(-4).map((row) => row.error?.className);
  expect(errors).toEqual(["SystemExit", "Exception", "SystemExit", "UncaughtThrowError"]);
  expect(info(worker.pid).status).toBe("running");
});

test("Timeout.timeout interrupts a sleep and a loop of queries, and nothing that is in time", async () => {
  for (const code of ["sleep", "loop { Photo.count }", "Queue.new.pop"]) {
    await expect(ruby(sandbox, `Timeout.timeout(0.05) { ${code} }`)).rejects.toThrow(
      "Timeout::Error: execution expired",
    );
  }
  await expect(ruby(sandbox, "Timeout.timeout(0.01, KeyError) { sleep }")).rejects.toThrow(
    "KeyError",
  );
  expect(await ruby(sandbox, "Timeout.timeout(60) { Photo.count; :in_time }")).toBe(":in_time");
  expect(await ruby(sandbox, "sleep 0.1; Photo.connection_pool.stat[:busy] <= 1")).toBe("true");
});

test("a sleep in a trapping process goes on after the handler, as in Ruby", async () => {
  const { output, result } = await sandbox.evaluate(`
    trap("INT") { puts "interrupted" }
    started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    Thread.new { sleep 0.02; Process.kill(:INT, Process.pid) }
    sleep 0.1
    slept = Process.clock_gettime(Process::CLOCK_MONOTONIC) - started
    trap("INT", "DEFAULT")
    slept >= 0.1`);
  expect({ output, result }).toEqual({ output: "interrupted\n", result: "true" });
});

test("fork says that there is none", async () => {
  await expect(ruby(sandbox, "fork { }")).rejects.toThrow("NotImplementedError: fork()");
});

test.each([
  'system("true")',
  "`true`",
  'spawn("true")',
  'exec("true")',
  'Kernel.system("true")',
  'Process.spawn("true")',
  'IO.popen("true")',
])("%s says that there is no program to run", async (code) => {
  await expect(ruby(sandbox, code)).rejects.toThrow(/NotImplementedError: .* no other program/);
});

test.each([
  'require "net/http"; Net::HTTP.get(URI("http://example.org"))',
  'require "open-uri"; URI.open("https://example.org")',
])("%s says that there is no network", async (code) => {
  await expect(ruby(sandbox, code)).rejects.toThrow("SocketError: The sandbox has no network.");
});

test("the classes of Rails' own tests can be loaded", async () => {
  const code = 'require "active_support/test_case"; require "active_job/test_helper"';
  expect(await ruby(sandbox, `${code}; ActiveJob::TestHelper.name`)).toBe(
    '"ActiveJob::TestHelper"',
  );
});

test("thousands of rescues, throws, threads and timeouts leave neither stack nor memory behind", async () => {
  await ruby(sandbox, "sleep 0.001");
  const console = present(alive(sandbox, "console")[0]).pid;
  const before = info(console).memoryBytes;
  for (const once of [
    "begin; [ 1 ].each { raise 'x' }; rescue; end",
    "catch(:done) { [ 1 ].each { throw :done } }",
    "[ 1 ].each { break }",
    "Thread.new { 1 }.value",
    "Timeout.timeout(60) { 1 }",
  ]) {
    expect(await ruby(sandbox, `5000.times { ${once} }; sleep 0.001; :done`)).toBe(":done");
  }
  await ruby(
    sandbox,
    "500.times { begin; Photo.create!; rescue ActiveRecord::RecordInvalid; end }",
  );
  await ruby(sandbox, "sleep 0.001");
  expect(info(console).exit).toBeNull();
  expect(info(console).memoryBytes - before).toBeLessThan(32 * 1024 * 1024);
});

test("a process reports how much memory it has", async () => {
  const before = info(worker.pid).memoryBytes;
  expect(before).toBeGreaterThan(64 * 1024 * 1024);
  await inJob("$kept = 'x' * 50.megabytes");
  await untilDrained(sandbox);
  await until(() => info(worker.pid).memoryBytes > before, "it has told");
});

test("there is one port, so there is one web process", async () => {
  await sandbox.processes.start({ kind: "web" });
  await expect(sandbox.processes.start({ kind: "web" })).rejects.toThrow(ProcessStartError);
  sandbox.processes.signal(present(alive(sandbox, "web")[0]).pid, "TERM");
});

test("names count up and pids are never used twice", () => {
  const jobs = sandbox.processes.list().filter(({ kind }) => kind === "jobs");
  expect(jobs.map(({ name }) => name)).toEqual(jobs.map((_, index) => `jobs-${index + 1}`));
  const pids = sandbox.processes.list().map(({ pid }) => pid);
  expect(new Set(pids).size).toBe(pids.length);
});

test("two sandboxes in one program do not disturb each other, and one ends without the other", async () => {
  const options: StartOptions[] = [{ kind: "jobs" }];
  const other = await bootTestSandbox({ files: FILES, processes: options });
  await ruby(other, 'Photo.insert!({ title: "theirs", image: "x", content_type: "x" }); nil');
  await ruby(other, 'RubyJob.perform_later("puts :theirs")');
  await untilDrained(other);
  await other.clock.advance(3_600_000);
  expect(await ruby(sandbox, 'Photo.exists?(title: "theirs")')).toBe("false");
  expect(linesOf(other, "theirs")).toHaveLength(1);
  expect(text("theirs")).toEqual([]);
  expect(sandbox.clock.offset()).not.toBe(other.clock.offset());
  const unfinished = other.evaluate('STDOUT.puts "resting"; sleep');
  await until(() => linesOf(other, "resting").length > 0, "the console sleeps");
  await other.dispose();
  expect((await unfinished).error).not.toBeNull();
  await expect(other.evaluate("1")).rejects.toThrow("The sandbox is not running. Start it first.");
  expect(await ruby(sandbox, "1 + 1")).toBe("2");
});
