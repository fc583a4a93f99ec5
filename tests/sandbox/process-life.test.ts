import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EventType, SandboxEvent } from "../../src/sandbox/events.ts";
import {
  NoSuchProcessError,
  type JobRow,
  type ProcessExit,
  type ProcessInfo,
  type Sandbox,
} from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until } from "./support/sandbox.ts";
import { alive, eventsOf, linesOf, present } from "./support/stream.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const FILES = {
  "app/jobs/slow_job.rb": `
    class SlowJob < ApplicationJob
      queue_as :own
      def perform(name, seconds)
        puts "#{name} begins in #{Process.pid}"
        sleep seconds
        puts "#{name} ends"
      ensure
        puts "#{name} ensures"
      end
    end`,
  "app/jobs/exit_job.rb": `
    class ExitJob < ApplicationJob
      queue_as :own
      def perform(how)
        at_exit { puts "at exit after #{how}" }
        how == "exit!" ? exit!(3) : exit(4)
      end
    end`,
  "app/jobs/farewell_job.rb": `
    class FarewellJob < ApplicationJob
      queue_as :own
      def perform
        at_exit { puts "farewell first" }
        at_exit { raise KeyError, "farewell failed" }
        at_exit do
          at_exit { puts "farewell nested" }
          puts "farewell last"
        end
      end
    end`,
  "app/jobs/last_word_job.rb": `
    class LastWordJob < ApplicationJob
      queue_as :own
      def perform = at_exit { exit 7 }
    end`,
  "app/jobs/talk_job.rb": `
    class TalkJob < ApplicationJob
      queue_as :own
      def perform
        puts "talk one"
        print "talk ", "two"
        puts
        $stderr.puts "talk dreißig 🦸"
        puts "talk a\\ntalk b"
        print "talk without end"
      end
    end`,
  "app/jobs/trap_job.rb": `
    class TrapJob < ApplicationJob
      queue_as :own
      def perform
        trap("TERM") { puts "trapped TERM" }
        puts "trap is set"
      end
    end`,
  "config/routes.rb": `
    Rails.application.routes.draw do
      get "chance", to: ->(_) { [ 200, {}, [ Chance.take.to_json ] ] }
    end`,
  "app/models/chance.rb": `
    class Chance
      def self.take
        [ SecureRandom.hex, SecureRandom.uuid, rand.to_s, Random.rand(2**64).to_s, Random.bytes(8).unpack1("H*"),
          (1..30).to_a.shuffle.join(","), Digest::UUID.uuid_v4, OpenSSL::Random.random_bytes(8).unpack1("H*") ]
      end
    end`,
  "app/jobs/chance_job.rb": `
    class ChanceJob < ApplicationJob
      queue_as :own
      def perform = puts("chance #{Chance.take.to_json}")
    end`,
};

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "web" }] });
});

afterAll(() => sandbox.dispose());

function startWorker(): Promise<ProcessInfo> {
  return sandbox.processes.start({ kind: "jobs", queues: ["own"], threads: 1 });
}

/** Enqueues what the Ruby expression makes; the row in the queue. */
async function enqueue(expression: string): Promise<JobRow> {
  const id = JSON.parse(await ruby(sandbox, `${expression}.job_id`)) as string;
  const [row] = await sandbox.queue.jobs({ activeJobId: id });
  return present(row, expression);
}

async function reread({ id }: JobRow): Promise<JobRow> {
  const rows = await sandbox.queue.jobs({ limit: 1000 });
  return present(rows.find((row) => row.id === id));
}

function untilState(row: JobRow, state: JobRow["state"]): Promise<void> {
  return until(async () => (await reread(row)).state === state, `job ${row.id} is ${state}`);
}

function saying(text: string): string[] {
  return linesOf(sandbox, text).map((line) => line.text);
}

function untilSaid(text: string): Promise<void> {
  return until(() => saying(text).length > 0, `"${text}" is printed`);
}

function terminate({ pid }: ProcessInfo): Promise<ProcessExit> {
  sandbox.processes.signal(pid, "TERM");
  return sandbox.processes.wait(pid);
}

/** A worker that runs one job to its end, and ends by TERM. */
async function inWorker(
  expression: string,
): Promise<{ row: JobRow; worker: ProcessInfo; exit: ProcessExit }> {
  const worker = await startWorker();
  const row = await enqueue(expression);
  await until(async () => (await reread(row)).state !== "ready", "the job is taken");
  await until(async () => (await reread(row)).state !== "claimed", "the job has ended");
  return { row: await reread(row), worker, exit: await terminate(worker) };
}

function info(pid: number): ProcessInfo {
  return present(sandbox.processes.list().find((process) => process.pid === pid));
}

/** What the process told. The database tells what it has written, some ms after the commit. */
function typesOf(pid: number): EventType[] {
  return sandbox.events
    .history()
    .filter((event) => event.pid === pid && event.type !== "rows.changed")
    .map(({ type }) => type);
}

function rowsOfProcess(pid: number) {
  return sandbox.queue
    .processes()
    .then((rows) => rows.filter((registered) => registered.pid === pid));
}

describe("signals", () => {
  test("TERM lets the job in hand finish and takes no other", async () => {
    const worker = await startWorker();
    const job = await enqueue('SlowJob.perform_later("patient", 3)');
    await untilSaid("patient begins");
    const next = await enqueue('SlowJob.perform_later("next", 0)');
    sandbox.processes.signal(worker.pid, "TERM");
    expect(info(worker.pid).status).toBe("stopping");

    const exit = { code: 0, signal: null, reason: "exited with status 0" };
    expect(await sandbox.processes.wait(worker.pid)).toEqual(exit);
    expect(info(worker.pid)).toMatchObject({ status: "exited", exit });
    expect((await reread(job)).state).toBe("finished");
    expect((await reread(next)).state).toBe("ready");
    expect(saying("patient")).toEqual([
      `patient begins in ${worker.pid}`,
      "patient ends",
      "patient ensures",
    ]);
    expect(await rowsOfProcess(worker.pid)).toEqual([]);
    const types = typesOf(worker.pid);
    expect(types.indexOf("job.finished")).toBeGreaterThan(types.indexOf("process.signaled"));
    expect(types.filter((type) => type === "process.deregistered").length).toBeGreaterThan(0);
    expect(types.at(-1)).toBe("process.exited");
    await sandbox.queue.discard(next.id);
  });

  test("TERM gives a job that does not end back to the queue, and it begins again elsewhere", async () => {
    const worker = await startWorker();
    const job = await enqueue('SlowJob.perform_later("endless", 600)');
    await untilSaid("endless begins");
    sandbox.processes.signal(worker.pid, "TERM");
    await sandbox.clock.advance(6 * SECOND);
    expect((await sandbox.processes.wait(worker.pid)).code).toBe(0);
    expect(await reread(job)).toMatchObject({ state: "ready", executions: 0 });
    expect(eventsOf(sandbox, "job.released").at(-1)).toMatchObject({
      jobIds: [job.id],
      pid: worker.pid,
    });

    const second = await startWorker();
    await until(() => saying("endless begins").length === 2, "the job begins again");
    await sandbox.clock.advance(10 * MINUTE);
    await untilState(job, "finished");
    expect(saying("endless begins")).toEqual([
      `endless begins in ${worker.pid}`,
      `endless begins in ${second.pid}`,
    ]);
    expect(saying("endless ends")).toHaveLength(1);
    await terminate(second);
  });

  test("QUIT releases the job in hand, of which no more Ruby code runs", async () => {
    const worker = await startWorker();
    const job = await enqueue('SlowJob.perform_later("dropped", 600)');
    await untilSaid("dropped begins");
    sandbox.processes.signal(worker.pid, "QUIT");
    await sandbox.processes.wait(worker.pid);
    expect(await reread(job)).toMatchObject({ state: "ready", claimedBy: null });
    expect(eventsOf(sandbox, "job.released").at(-1)).toMatchObject({ jobIds: [job.id] });
    expect(saying("dropped")).toEqual([`dropped begins in ${worker.pid}`]);
    expect(await rowsOfProcess(worker.pid)).toEqual([]);
    await sandbox.queue.discard(job.id);
  });

  test("Process.kill sends them from the console, and says when nobody is there", async () => {
    const worker = await startWorker();
    const { pid } = worker;
    expect(await ruby(sandbox, `Process.kill(0, ${pid})`)).toBe("1");
    expect(info(pid).status).toBe("running");
    expect(await ruby(sandbox, `Process.kill(:TERM, ${pid})`)).toBe("1");
    expect((await sandbox.processes.wait(pid)).code).toBe(0);
    expect(eventsOf(sandbox, "process.signaled").at(-1)).toMatchObject({ pid, signal: "TERM" });
    for (const signal of ["0", ":TERM", "9"]) {
      const { error } = await sandbox.evaluate(`Process.kill(${signal}, ${pid})`);
      expect(error).toMatchObject({ className: "Errno::ESRCH", message: "No such process" });
    }
    expect(() => sandbox.processes.signal(pid, "TERM")).toThrow(
      `There is no running process with pid ${pid}.`,
    );
  });

  test("Process.kill(9) ends a process that is in the middle of a job", async () => {
    const { pid } = await startWorker();
    const job = await enqueue('SlowJob.perform_later("shot", 600)');
    await untilSaid("shot begins");
    await ruby(sandbox, `Process.kill(9, ${pid})`);
    expect(await sandbox.processes.wait(pid)).toEqual({
      code: null,
      signal: "KILL",
      reason: "received KILL",
    });
    expect((await reread(job)).state).toBe("claimed");
    expect(saying("shot")).toEqual([`shot begins in ${pid}`]);
  });

  test("trap takes a signal over and gives the handler before", async () => {
    const value = await ruby(
      sandbox,
      `seen = []
       first = trap("TERM") { |number| seen << number }
       second = Signal.trap(:SIGTERM, "IGNORE")
       trap("TERM", second)
       Process.kill(:TERM, Process.pid)
       sleep 0.01
       trap("TERM", "IGNORE")
       Process.kill(:TERM, Process.pid)
       sleep 0.01
       trap("TERM", "DEFAULT")
       [ first, second.class, seen ]`,
    );
    expect(value).toBe('["DEFAULT", Proc, [15]]');
    const unknown = await sandbox.evaluate('trap("NOSUCH") { }');
    expect(unknown.error?.className).toBe("ArgumentError");
  });

  test("a job's trap takes TERM from Solid Queue, as it would on any machine", async () => {
    const worker = await startWorker();
    await untilState(await enqueue("TrapJob.perform_later"), "finished");
    sandbox.processes.signal(worker.pid, "TERM");
    await untilSaid("trapped TERM");
    await untilState(await enqueue('SlowJob.perform_later("still there", 0)'), "finished");
    sandbox.processes.signal(worker.pid, "QUIT");
    await sandbox.processes.wait(worker.pid);
  });
});

describe("ends", () => {
  test("exit!(3) in a job ends the process at once, which says so, and leaves the job claimed", async () => {
    const { pid } = await startWorker();
    const job = await enqueue('ExitJob.perform_later("exit!")');
    expect(await sandbox.processes.wait(pid)).toEqual({
      code: 3,
      signal: null,
      reason: "called exit!(3)",
    });
    expect(eventsOf(sandbox, "process.exited").at(-1)).toMatchObject({
      pid,
      exit: { code: 3, reason: "called exit!(3)" },
    });
    expect(await reread(job)).toMatchObject({ state: "claimed", claimedBy: { pid } });
    expect(saying("at exit after exit!")).toEqual([]);
  });

  test("exit in a job fails the job, and its process goes on", async () => {
    const worker = await startWorker();
    const job = await enqueue('ExitJob.perform_later("exit")');
    await untilState(job, "failed");
    expect((await reread(job)).error).toMatchObject({ className: "SystemExit", message: "exit" });
    await untilState(await enqueue('SlowJob.perform_later("after exit", 0)'), "finished");
    expect(saying("at exit after exit")).toEqual([]);
    expect((await terminate(worker)).code).toBe(0);
    expect(saying("at exit after exit")).toEqual(["at exit after exit"]);
  });

  test("at_exit blocks run from the last to the first, whatever one of them raises", async () => {
    const { worker, exit } = await inWorker("FarewellJob.perform_later");
    expect(saying("farewell")).toEqual(["farewell last", "farewell nested", "farewell first"]);
    const failures = sandbox.logs
      .history()
      .filter((line) => line.pid === worker.pid && line.text.includes("farewell failed"));
    expect(failures).toMatchObject([{ stream: "stderr" }]);
    expect(exit).toMatchObject({ code: 1, signal: null });
  });

  test("exit in an at_exit block decides the status", async () => {
    const { exit } = await inWorker("LastWordJob.perform_later");
    expect(exit).toEqual({ code: 7, signal: null, reason: "exited with status 7" });
  });

  test("QUIT runs no at_exit block of a job: the gem's workers call exit! then", async () => {
    const { pid } = await startWorker();
    await untilState(await enqueue("LastWordJob.perform_later"), "finished");
    sandbox.processes.signal(pid, "QUIT");
    expect(await sandbox.processes.wait(pid)).toMatchObject({ code: 0, signal: null });
  });

  test("what cannot be started or found is refused", async () => {
    await expect(sandbox.processes.start({ kind: "web" })).rejects.toThrow(
      "A web process runs already.",
    );
    const nobody = new NoSuchProcessError("There never was a process with pid 99999.");
    await expect(sandbox.processes.wait(99_999)).rejects.toThrow(nobody);
    expect(() => sandbox.processes.signal(99_999, "TERM")).toThrow(NoSuchProcessError);
  });
});

test("each line of output comes with its process, stream and time, whole and in order", async () => {
  const { worker } = await inWorker("TalkJob.perform_later");
  const lines = linesOf(sandbox, "talk");
  expect(lines.map(({ stream, text }) => [stream, text])).toEqual([
    ["stdout", "talk one"],
    ["stdout", "talk two"],
    ["stderr", "talk dreißig 🦸"],
    ["stdout", "talk a"],
    ["stdout", "talk b"],
    // What comes next ends the line.
    ["stdout", expect.stringMatching(/^talk without end/)],
  ]);
  for (const { pid, process } of lines) {
    expect({ pid, process }).toEqual({ pid: worker.pid, process: worker.name });
  }
  const started = present(
    eventsOf(sandbox, "job.started").find(({ job }) => job.className === "TalkJob"),
  );
  const times = lines.map(({ time }) => time);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times[0]).toBeGreaterThanOrEqual(started.time);
  const seqs = sandbox.logs.history().map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] as number) + index));
});

describe("Solid Queue's table of processes", () => {
  test("has a row for the supervisor and each of its parts, and none once they have ended", async () => {
    const worker = await startWorker();
    const rows = await rowsOfProcess(worker.pid);
    expect(rows.map(({ kind }) => kind)).toEqual(["Supervisor", "Dispatcher", "Worker"]);
    const supervisor = present(rows[0]);
    expect(rows.map(({ supervisorId }) => supervisorId)).toEqual([
      null,
      supervisor.id,
      supervisor.id,
    ]);
    expect(rows[2]?.metadata).toMatchObject({ queues: "own", thread_pool_size: 1 });
    for (const row of rows) {
      expect(row.name).toMatch(new RegExp(`^${row.kind.toLowerCase()}-[0-9a-f]{20}$`));
      expect(row.prunableAt - row.lastHeartbeatAt).toBe(5 * MINUTE);
    }
    const registered = eventsOf(sandbox, "process.registered").filter(
      ({ pid }) => pid === worker.pid,
    );
    expect(registered.map(({ registeredId }) => registeredId)).toEqual(rows.map(({ id }) => id));

    await terminate(worker);
    expect(await rowsOfProcess(worker.pid)).toEqual([]);
    const gone = eventsOf(sandbox, "process.deregistered").filter(({ pid }) => pid === worker.pid);
    expect(new Set(gone.map(({ registeredId }) => registeredId))).toEqual(
      new Set(rows.map(({ id }) => id)),
    );
  });

  test("is told by heartbeats who lives", async () => {
    const worker = await startWorker();
    const before = await rowsOfProcess(worker.pid);
    const from = sandbox.events.history().length;
    await sandbox.clock.advance(2 * MINUTE);
    const after = await rowsOfProcess(worker.pid);
    const beats = sandbox.events
      .history()
      .slice(from)
      .filter((event) => event.type === "process.heartbeat" && event.pid === worker.pid);
    expect(new Set(beats.map((event) => "kind" in event && event.kind))).toEqual(
      new Set(["Supervisor", "Dispatcher", "Worker"]),
    );
    for (const [index, row] of after.entries()) {
      expect(row.id).toBe(before[index]?.id);
      expect(row.lastHeartbeatAt).toBeGreaterThanOrEqual(
        present(before[index]).lastHeartbeatAt + MINUTE,
      );
    }
    await terminate(worker);
  });
});

describe("threads", () => {
  test.each([
    ["have a value", "Thread.new(2) { |n| n + 1 }.value", "3"],
    [
      "have variables of their own",
      "Thread.current[:own] = 1; Thread.new { [ Thread.current[:own], Thread.current.alive? ] }.value",
      "[nil, true]",
    ],
    [
      "exclude each other with a Mutex, even where one sleeps",
      `n = 0
       mutex = Mutex.new
       add = proc { mutex.synchronize { seen = n; sleep 0.001; n = seen + 1 } }
       Array.new(4) { Thread.new { 5.times(&add) } }.each(&:join)
       n`,
      "20",
    ],
    [
      "would lose additions without it",
      `n = 0
       add = proc { seen = n; sleep 0.001; n = seen + 1 }
       Array.new(4) { Thread.new { 5.times(&add) } }.each(&:join)
       n < 20`,
      "true",
    ],
    [
      "hand things over in a Queue",
      `queue = Queue.new
       consumer = Thread.new { Array.new(3) { queue.pop } }
       3.times { |n| queue << n; Thread.pass }
       [ consumer.value, queue.pop(timeout: 0.01) ]`,
      "[[0, 1, 2], nil]",
    ],
    [
      "wait for each other with a ConditionVariable",
      `mutex, condition, ready = Mutex.new, ConditionVariable.new, false
       waiter = Thread.new { mutex.synchronize { condition.wait(mutex) until ready; :woken } }
       Thread.pass
       mutex.synchronize { ready = true; condition.signal }
       waiter.value`,
      ":woken",
    ],
    [
      "can be killed",
      "thread = Thread.new { sleep }; Thread.pass; thread.kill.join.status",
      "false",
    ],
  ])("%s", async (_, code, value) => {
    expect(await ruby(sandbox, code)).toBe(value);
  });

  test.each([
    ["that runs", 'Thread.new { sleep 0.01; raise KeyError, "in a thread" }.value'],
    ["that has ended", 'Thread.new { raise KeyError, "in a thread" }.tap { sleep 0.01 }.join'],
  ])("pass their exception to whoever joins one %s", async (_, code) => {
    const { error, output } = await sandbox.evaluate(code);
    expect(error).toMatchObject({ className: "KeyError", message: "in a thread" });
    expect(output).toContain("terminated with exception");
  });

  test.each([
    ["sleeps", "sleep"],
    ["waits for a queue", "Queue.new.pop"],
    ["waits for a thread", "Thread.new { sleep }.join"],
    ["asks the database again and again", "loop { Photo.count }"],
  ])("Timeout.timeout stops code that %s", async (_, code) => {
    const { error } = await sandbox.evaluate(`Timeout.timeout(0.05) { ${code} }`);
    expect(error).toMatchObject({ className: "Timeout::Error", message: "execution expired" });
  });

  test("Timeout.timeout leaves code alone that is in time, and raises what it is told to", async () => {
    expect(await ruby(sandbox, "Timeout.timeout(60) { sleep 0.01; :in_time }")).toBe(":in_time");
    const { error } = await sandbox.evaluate('Timeout.timeout(0.05, KeyError, "late") { sleep }');
    expect(error).toMatchObject({ className: "KeyError", message: "late" });
  });
});

test("Process.pid is the pid in the list of processes", async () => {
  expect(Number(await ruby(sandbox, "Process.pid"))).toBe(alive(sandbox, "console")[0]?.pid);
});

test("chance differs between processes, which all come from one image", async () => {
  const workers = [await startWorker(), await startWorker()];
  for (const worker of workers) {
    // Which of the two takes a job is chance as well: one is asked at a time.
    const other = present(workers.find(({ pid }) => pid !== worker.pid));
    if (worker === workers[1]) await terminate(other);
    await untilState(await enqueue("ChanceJob.perform_later"), "finished");
    if (worker === workers[1]) await terminate(worker);
  }
  await until(() => saying("chance ").length === 2, "two jobs have printed");
  const web = await sandbox.fetch(new Request("http://localhost:3000/chance"));
  const taken = [
    ...saying("chance ").map((text) => JSON.parse(text.slice("chance ".length)) as string[]),
    (await web.json()) as string[],
    JSON.parse(JSON.parse(await ruby(sandbox, "Chance.take.to_json")) as string) as string[],
  ];
  const values = taken.flat();
  expect(values).toHaveLength(4 * 8);
  expect(new Set(values).size).toBe(values.length);
});

/** What this sandbox's own processes write when they register and beat. */
const isHeartbeat = (event: SandboxEvent) =>
  event.type === "database.locks" ||
  (event.type === "rows.changed" &&
    event.tables.every(({ table }) => table === "solid_queue_processes"));

test("two sandboxes in one program do not disturb each other", async () => {
  const other = await bootTestSandbox({
    files: { ...FILES, "app/models/only_here.rb": "class OnlyHere; end" },
    processes: [{ kind: "jobs", queues: ["own"] }],
  });
  try {
    const worker = await startWorker();
    const events = sandbox.events.history().length;
    const offset = sandbox.clock.offset();
    const rows = (await sandbox.queue.jobs({ limit: 1000 })).length;

    await ruby(other, 'SlowJob.perform_later("elsewhere", 3600)');
    await until(() => linesOf(other, "elsewhere begins").length > 0, "the other one's job begins");
    await other.clock.advance(2 * 60 * MINUTE);
    expect(linesOf(other, "elsewhere ends")).toHaveLength(1);
    other.files.write("app/models/only_there.rb", "class OnlyThere; end");
    expect(await ruby(other, "[ OnlyHere, OnlyThere ]")).toBe("[OnlyHere, OnlyThere]");
    for (const { pid } of alive(other, "jobs")) other.processes.signal(pid, "KILL");

    expect(sandbox.clock.offset()).toBe(offset);
    expect(
      sandbox.events
        .history()
        .slice(events)
        .filter((event) => !isHeartbeat(event))
        .map(({ type }) => type),
    ).toEqual([]);
    expect((await sandbox.queue.jobs({ limit: 1000 })).length).toBe(rows);
    expect(saying("elsewhere")).toEqual([]);
    expect(sandbox.files.list()).not.toContain("app/models/only_there.rb");
    expect((await sandbox.evaluate("OnlyHere")).error?.className).toBe("NameError");
    expect(info(worker.pid).status).toBe("running");
    await other.dispose();
    await untilState(await enqueue('SlowJob.perform_later("here", 0)'), "finished");
    await terminate(worker);
  } finally {
    await other.dispose();
  }
});
