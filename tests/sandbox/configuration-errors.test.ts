/** What a learner writes into the configuration and Rails or Solid Queue cannot read: which file, which line, what to do. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ProcessStartError, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby } from "./support/sandbox.ts";
import { linesOf, present } from "./support/stream.ts";

const WARNED = `
development:
  tick:
    class: NobodyJob
    schedule: every minute
  tock:
    command: "1"
    schedule: sometimes
    urgency: 4
`;

const KEPT = ["queue", "recurring", "database"].map((name) => `config/${name}.yml`);
let sandbox: Sandbox;
let originals: string[];
beforeAll(async () => {
  sandbox = await bootTestSandbox({ processes: [{ kind: "web" }] });
  originals = KEPT.map((path) => sandbox.files.readText(path));
});
afterEach(() => KEPT.forEach((path, index) => sandbox.files.write(path, originals[index] ?? "")));
afterAll(() => sandbox.dispose());

const worker = (setting: string) =>
  `development:\n  workers:\n    - queues: "*"\n      ${setting}\n`;

describe.each([
  ["queue", "Sandbox::SolidQueue::ConfigurationCheck.check_queue"],
  ["recurring", "Sandbox::SolidQueue::ConfigurationCheck.check_recurring"],
  ["database", "Sandbox::DatabaseConfiguration.check"],
] as const)("config/%s.yml", (name, check) => {
  const cases: Record<string, [string, number | null, string][]> = {
    queue: [
      [worker("threads: many"), 4, 'threads must be a whole number, and is "many"'],
      [worker("processes: two"), 4, "processes must be a whole number"],
      [worker("polling_interval: 0"), 4, "polling_interval must be a number of seconds above 0"],
      ["- a\n- b\n", null, "this file must hold settings, written as key: value, and is a list"],
      ["development:\n  workers: foo\n", 2, "workers must be a list"],
      ["development:\n  workers:\n    - foo\n", 3, "this entry must hold a group of settings"],
      [
        "default: &default\n  dispatchers:\n    - batch_size: lots\ndevelopment:\n  <<: *default\n",
        3,
        "batch_size must be a whole number",
      ],
      ["development:\n  workers:\n    - queues: [a\n", 3, "YAML cannot read this"],
      ["development:\n  workers: <%= 1 / 0 %>\n", 2, "ZeroDivisionError: divided by 0"],
      ["development: *nobody\n", null, "An alias referenced an unknown anchor: nobody"],
    ],
    recurring: [
      ["hello", null, 'written as key: value, and is "hello"'],
      ["development:\n  tick: every minute\n", 2, "tick must hold a group of settings"],
      ["development:\n  # tick:\n", 1, "development must hold a group of settings"],
    ],
    database: [
      ["- a\n", null, "this file must hold settings"],
      ["test:\n  adapter: sqlite3\n", null, "it has no section development"],
      [
        "development:\n  primary:\n    adapter: postgresql\n    database: x\n",
        3,
        "adapter must be sqlite3, the only database that the sandbox has",
      ],
      [
        "development:\n  primary:\n    adapter: sqlite3\n",
        2,
        "database must be the path of a file",
      ],
      [
        "development:\n  adapter: sqlite3\n  database: x\n  timeout: soon\n",
        4,
        "timeout must be a whole number of milliseconds",
      ],
    ],
  };

  test.each(cases[name] ?? [])("%j", async (text, line, sentence) => {
    const path = `config/${name}.yml`;
    sandbox.files.write(path, text);
    const { error } = await sandbox.evaluate(check);
    expect(error?.message).toContain(sentence);
    const head = line === null ? path : `${path}, line ${line}`;
    expect(error?.message).toMatch(
      new RegExp(`^${head}: .*\\. Change it and start the process again\\.$`, "s"),
    );
    expect(error?.location).toEqual(line === null ? null : { path, line });
  });

  test("as the base app has it is right", async () => {
    const { error, output } = await sandbox.evaluate(check);
    expect(error).toBeNull();
    expect(output).toBe("");
  });
});

test("a process that does not start for it says just that", async () => {
  sandbox.files.write("config/queue.yml", worker("threads: many"));
  const started = sandbox.processes.start({ kind: "jobs" });
  const error = (await started.then(
    () => null,
    (raised: unknown) => raised,
  )) as ProcessStartError;
  expect(error).toBeInstanceOf(ProcessStartError);
  expect(error.message).toMatch(/has ended: config\/queue\.yml, line 4: threads must be/);
  expect(error.error?.location).toEqual({ path: "config/queue.yml", line: 4 });
  const said = linesOf(sandbox, "config/queue.yml, line 4");
  expect(said.map(({ process }) => process)).toEqual(["jobs-1"]);
});

test("a database that connects_to names and database.yml does not", async () => {
  const only = "development:\n  primary:\n    adapter: sqlite3\n    database: storage/x.sqlite3\n";
  sandbox.files.write("config/database.yml", only);
  await expect(sandbox.processes.start({ kind: "jobs" })).rejects.toThrow(
    /config\/database\.yml: The `queue` database is not configured.* Add it, or take it out of/s,
  );
});

test("paths in an error at the start are those of the editor", async () => {
  const path = "config/environments/development.rb";
  const text = sandbox.files.readText(path);
  sandbox.files.delete(path);
  try {
    const started = sandbox.processes.start({ kind: "jobs" });
    const error = (await started.then(
      () => null,
      (raised: unknown) => raised,
    )) as ProcessStartError;
    expect(error.message).toContain(path);
    const log = sandbox.logs.history().map((line) => line.text);
    expect([error.message, error.error?.message, ...log].join("\n")).not.toContain("/workspace/");
  } finally {
    sandbox.files.write(path, text);
  }
});

test("what Solid Queue passes over without a word is named in the log", async () => {
  sandbox.files.write("config/recurring.yml", WARNED);
  sandbox.files.write("config/queue.yml", `${worker("threads: 0")}      thread: 3\n`);
  const { pid } = await sandbox.processes.start({ kind: "jobs" });
  const said = linesOf(sandbox, "config/").filter((line) => line.pid === pid);
  expect(said.map(({ text }) => text)).toEqual([
    "config/queue.yml, line 5: Solid Queue does not know “thread” here and passes over it. It knows queues, threads, processes, and polling_interval.",
    "config/queue.yml, line 4: a worker with 0 threads performs no job. Solid Queue starts it all the same.",
    expect.stringMatching(
      /^config\/recurring\.yml, line 3: the task tick will never run: Class name doesn't correspond/,
    ),
    expect.stringMatching(
      /^config\/recurring\.yml, line 9: Solid Queue does not know “urgency” here/,
    ),
    expect.stringMatching(
      /^config\/recurring\.yml, line 6: the task tock will never run: Schedule is not a supported/,
    ),
  ]);
  const rows = await ruby(sandbox, "SolidQueue::RecurringTask.pluck(:key)");
  expect(rows).toBe("[]");
  expect(
    present((await sandbox.queue.processes()).find(({ kind }) => kind === "Worker")).metadata,
  ).toMatchObject({
    thread_pool_size: 0,
  });
  sandbox.processes.signal(pid, "KILL");
});
