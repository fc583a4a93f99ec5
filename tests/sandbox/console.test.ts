import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby } from "./support/sandbox.ts";
import { alive, present } from "./support/stream.ts";

const FILES = {
  "app/jobs/note_job.rb": "class NoteJob < ApplicationJob\n  def perform = nil\nend\n",
  "app/models/deep.rb": `
class Deep
  def self.fail = inner
  def self.inner
    [ 1 ].each { raise ArgumentError, "from deep inside" }
  end
end
`,
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES });
  await ruby(sandbox, "nil");
});
afterAll(() => sandbox.dispose());

/** Evaluates, and interrupts once the code has said on the log that it runs. */
async function interrupted(code: string) {
  const controller = new AbortController();
  const begun = new Promise<void>((resolve) => {
    const stop = sandbox.logs.subscribe((lines) => {
      if (!lines.some((line) => line.text === "it runs")) return;
      stop();
      resolve();
    });
  });
  const evaluation = sandbox.evaluate(`STDOUT.puts "it runs"; ${code}`, controller.signal);
  await begun;
  controller.abort();
  return evaluation;
}

test("local variables and _ stay", async () => {
  await ruby(sandbox, "answer = 6 * 7");
  expect(await ruby(sandbox, "answer")).toBe("42");
  expect(await ruby(sandbox, "_ + 1")).toBe("43");
});

test("what the code prints is its output, apart from its value", async () => {
  const evaluation = await sandbox.evaluate("puts 'one'; warn 'two'; print 3; :value");
  expect(evaluation).toEqual({ output: "one\ntwo\n3", result: ":value", error: null });
});

test("Rails' own commands of its console are there", async () => {
  expect(await ruby(sandbox, "helper.number_to_currency(3)")).toBe('"$3.00"');
  expect(await ruby(sandbox, "controller.class")).toBe("ApplicationController");
  expect(await ruby(sandbox, 'app.get("/")')).toBe("200");
  expect(await ruby(sandbox, "[ app.response.body.include?('Photos'), app.photos_path ]")).toBe(
    '[true, "/photos"]',
  );
  sandbox.files.write("app/models/note.rb", "class Note; def self.text = 1; end");
  await ruby(sandbox, "Note.text");
  const { output, result } = await sandbox.evaluate("before = Note; reload!; before.equal?(Note)");
  expect([output, result]).toEqual(["Reloading...\n", "false"]);
});

test("several lines are one entry", async () => {
  expect(await ruby(sandbox, "def twice(n)\n  n * 2\nend\ntwice(4)")).toBe("8");
});

test("large values are printed over several lines", async () => {
  const result = await ruby(sandbox, "(1..40).to_h { |n| [ n, 'x' * n ] }");
  expect(result.split("\n").length).toBeGreaterThan(10);
});

test("an error says class, message, and where in the learner's files", async () => {
  const { error, result } = await sandbox.evaluate("Deep.fail");
  expect(result).toBeNull();
  expect(error).toMatchObject({
    className: "ArgumentError",
    message: "from deep inside",
    location: { path: "app/models/deep.rb", line: 5 },
  });
  expect(error?.backtrace[0]).toContain("app/models/deep.rb:5");
  expect(error?.backtrace.some((frame) => frame.includes("/bundle/"))).toBe(false);
});

test("code that Ruby cannot read says where", async () => {
  const { error } = await sandbox.evaluate("def broken(");
  expect(error?.className).toBe("SyntaxError");
  expect(error?.message).toContain("(console)");
});

test("exit and raise Exception end the entry, not the console", async () => {
  await ruby(sandbox, "kept = 1");
  expect((await sandbox.evaluate("exit")).error?.className).toBe("SystemExit");
  expect((await sandbox.evaluate("raise Exception, 'all of it'")).error?.message).toBe("all of it");
  expect((await sandbox.evaluate("throw :nobody")).error?.className).toBe("UncaughtThrowError");
  expect(await ruby(sandbox, "kept")).toBe("1");
});

test("endless output and results are cut, and say so", async () => {
  const { output, result } = await sandbox.evaluate("puts 'y' * 1_000_000; 'z' * 1_000_000");
  expect(output).toMatch(/characters more\)$/);
  expect(result).toMatch(/characters more\)$/);
  expect(output.length + (result?.length ?? 0)).toBeLessThan(400_000);
});

test("sleep takes none of the processor's time", async () => {
  await ruby(sandbox, "sleep 0.01");
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  await ruby(sandbox, "sleep 1.5");
  const { user, system } = process.cpuUsage(cpu);
  // In µs and ms. Whoever spins takes all of it.
  expect((user + system) / 1000).toBeLessThan((performance.now() - wall) / 2);
});

test("sleep is interrupted, and local variables stay", async () => {
  await ruby(sandbox, "before = :interrupt");
  const { error } = await interrupted("sleep");
  expect(error?.className).toBe("Interrupt");
  expect(await ruby(sandbox, "before")).toBe(":interrupt");
});

test("a loop of queries is interrupted, and local variables stay", async () => {
  await ruby(sandbox, "before = :queries");
  const { error } = await interrupted("loop { Photo.count }");
  expect(error?.className).toBe("Interrupt");
  expect(await ruby(sandbox, "before")).toBe(":queries");
});

test.each(["loop { }", "while true; end"])(
  "%s is interrupted by a new console, which says what is lost",
  async (code) => {
    await ruby(
      sandbox,
      "gone = 1; Photo.where(title: 'kept').first_or_create!(title: 'kept', sample: true).id",
    );
    const { error } = await interrupted(code);
    expect(error?.message).toContain("local variables are gone");
    expect((await sandbox.evaluate("gone")).error?.className).toBe("NameError");
    expect(await ruby(sandbox, "Photo.where(title: 'kept').count")).toBe("1");
  },
);

test("an abort of code that has just ended harms nobody", async () => {
  await ruby(sandbox, "before = :aborts");
  for (let round = 0; round < 30; round++) {
    const controller = new AbortController();
    const entry = sandbox.evaluate("1 + 1", controller.signal);
    const next = sandbox.evaluate("sleep 0.005; :next");
    setTimeout(() => controller.abort(), round % 8);
    const { result, error } = await entry;
    expect(result ?? error?.className).toMatch(/^(2|Interrupt)$/);
    expect(await next).toMatchObject({ result: ":next", error: null });
  }
  expect(await ruby(sandbox, "before")).toBe(":aborts");
});

test("an abort takes back the entry that waits, and leaves the one in hand alone", async () => {
  const controller = new AbortController();
  const inHand = sandbox.evaluate("sleep 0.2; :in_hand");
  const waiting = sandbox.evaluate("STDOUT.puts 'never said'", controller.signal);
  controller.abort();
  expect((await waiting).error).toMatchObject({
    className: "Interrupt",
    message: "Interrupted before it began.",
  });
  expect((await inHand).result).toBe(":in_hand");
  await ruby(sandbox, "nil");
  expect(sandbox.logs.history().some(({ text }) => text === "never said")).toBe(false);
});

test("INT at the idle prompt does nothing", async () => {
  await ruby(sandbox, "before = :idle");
  const { pid } = present(alive(sandbox, "console")[0]);
  sandbox.processes.signal(pid, "INT");
  await ruby(sandbox, "sleep 0.01");
  expect(await ruby(sandbox, "before")).toBe(":idle");
});

test("what the page does to the queue does not wait for the console, nor for its KILL", async () => {
  await ruby(sandbox, "NoteJob.set(wait: 1.hour).perform_later; nil");
  const [job] = await sandbox.queue.jobs();
  const controller = new AbortController();
  const busy = sandbox.evaluate("while true; end", controller.signal);
  await sandbox.queue.pause("default");
  expect((await sandbox.queue.queues())[0]).toMatchObject({ name: "default", paused: true });
  await sandbox.queue.resume("default");
  await sandbox.queue.runNow(present(job).id);
  expect((await sandbox.queue.counts()).ready).toBe(1);
  await sandbox.queue.discard(present(job).id);
  expect((await sandbox.queue.counts()).ready).toBe(0);
  expect(sandbox.processes.list().map(({ name }) => name)).not.toContain("dashboard");
  controller.abort();
  expect((await busy).error?.className).toBe("Interrupt");
});

test("names are completed, and nothing of the learner's is called for it", async () => {
  await ruby(sandbox, "shelf = [ 1 ]; @tried = 0; def shelf_size = @tried += 1");
  const candidates = async (code: string) => (await sandbox.console.complete(code)).candidates;
  expect((await candidates("she"))[0]).toBe("shelf");
  expect(await candidates("shelf.firs")).toEqual(["first"]);
  expect(await candidates("ActiveRec")).toContain("ActiveRecord");
  expect(await candidates("Pho")).toContain("Photo");
  expect(await candidates("Photo.find_by_s")).toContain("find_by_sql");
  expect(await candidates("ActiveJob::Ba")).toContain("Base");
  expect(await candidates('"text".upc')).toContain("upcase!");
  expect(await candidates("shelf_size.succ")).toEqual([]);
  expect(await candidates("Nowhere.fir")).toEqual([]);
  expect((await sandbox.console.complete("puts shelf.fir")).length).toBe(3);
  expect(await ruby(sandbox, "@tried")).toBe("0");
});

test("an entry is whole when nothing more must follow", async () => {
  const whole = (code: string) => sandbox.console.isWhole(code);
  for (const code of ["1", "[1].each { |n| p n }", "end", ")", "puts 'a'", "1 +* 2"])
    expect([code, await whole(code)]).toEqual([code, true]);
  for (const code of ["3.times do", "def", "[1,", '"open', "if true", "x = <<~T\n a", "foo("])
    expect([code, await whole(code)]).toEqual([code, false]);
});
