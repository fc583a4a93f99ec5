/** Whatever a learner writes or uploads: a sentence, nothing lost, and the next job is performed. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { JobRow, Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until, untilDrained } from "./support/sandbox.ts";
import { alive, linesOf, present, rowsOf } from "./support/stream.ts";

const FILES = {
  "app/jobs/fine_job.rb": `
    class FineJob < ApplicationJob
      def perform(number) = puts("fine #{number}")
    end`,
  "app/jobs/evil_job.rb": `
    class EvilJob < ApplicationJob
      def perform(deed) = send(deed)

      private
        def talk = 100_000.times { |number| puts "line #{number}" }
        def one_long_line = puts("x" * 5_000_000)
        def shout = raise("m" * 1_000_000)
        def mumble = raise("\\xff\\xfe not text ".b * 10)
        def hoard
          hoarded = []
          loop { hoarded << "x" * 10_000_000 }
        end
        def recurse = recurse
        def nest(depth = 0) = [ depth ].each { |n| nest(n + 1) }
        def everything = raise(Exception, "all of it")
        def toss = throw(:nobody)
        def leave = exit(7)
        def no_message = raise(Class.new(StandardError) { def message = nil })
    end`,
};

let sandbox: Sandbox;
let fine = 0;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "web" }, { kind: "jobs" }] });
});
afterAll(() => sandbox.dispose());

afterEach(async () => {
  if (alive(sandbox, "jobs").length === 0) await sandbox.processes.start({ kind: "jobs" });
  fine += 1;
  await ruby(sandbox, `FineJob.perform_later(${fine}); nil`);
  await until(() => linesOf(sandbox, `fine ${fine}`).length > 0, "the next job is performed");
});

async function upload(name: string, content: Uint8Array<ArrayBuffer>, type = "image/jpeg") {
  const page = await (await sandbox.fetch(new Request("http://localhost:3000/"))).text();
  const form = new FormData();
  form.set("authenticity_token", /name="csrf-token" content="([^"]+)"/.exec(page)?.[1] ?? "");
  form.set("photo[title]", "Odd");
  form.set("photo[image]", new File([content], name, { type }));
  const response = await sandbox.fetch(
    new Request("http://localhost:3000/photos", { method: "POST", body: form }),
  );
  return { status: response.status, text: await response.text() };
}

test.each([
  ["an empty file", "empty.jpg", new Uint8Array(0), "empty"],
  ["a text that is named .jpg", "text.jpg", new TextEncoder().encode("hello"), "not a picture"],
  ["bytes at random", "random.jpg", new Uint8Array(5000).fill(0x5a), "not a picture"],
])("%s is refused with a sentence", async (_, name, content, sentence) => {
  const { status, text } = await upload(name, content);
  expect(status).toBe(422);
  expect(text).toContain(sentence);
});

test("a picture of 30 MB is refused with a sentence", async () => {
  const content = new Uint8Array(30 * 1024 * 1024);
  content.set([0xff, 0xd8, 0xff, 0xe0]);
  const { status, text } = await upload("huge.jpg", content);
  expect(status).toBe(422);
  expect(text).toMatch(/too (big|large)/i);
});

test("a damaged picture fails its job with a sentence", async () => {
  await ruby(
    sandbox,
    `bytes = File.binread("test/fixtures/files/sunset.jpg").byteslice(0, 3000)
     photo = Photo.new(title: "Torn"); photo.image = bytes; photo.save!(validate: false); photo.id`,
  );
  const { error } = await sandbox.evaluate("Photo.last.process_image");
  expect(error?.className).toBe("Photon::Error");
  expect(error?.message).toMatch(/^[A-Z].*\.$/);
});

async function deed(name: string): Promise<JobRow> {
  await ruby(sandbox, `EvilJob.perform_later("${name}"); nil`);
  await untilDrained(sandbox);
  return present((await rowsOf(sandbox, "EvilJob")).at(-1), "the job's row");
}

test("100,000 lines are all there, in their order", async () => {
  const row = await deed("talk");
  expect(row.state).toBe("finished");
  await until(() => linesOf(sandbox, "line 99999").length === 1, "the last line is here");
  const numbers = linesOf(sandbox, "line ").map(({ text }) => Number(text.slice("line ".length)));
  expect(numbers.findIndex((number, index) => number !== index)).toBe(-1);
  expect(numbers).toHaveLength(100_000);
});

test("a line of 5 MB is cut", async () => {
  expect((await deed("one_long_line")).state).toBe("finished");
  expect(Math.max(...sandbox.logs.history().map(({ text }) => text.length))).toBeLessThan(200_000);
});

test("an error of 1 MB is kept", async () => {
  const row = await deed("shout");
  expect(row.state).toBe("failed");
  expect(row.error?.message).toMatch(/^m+$/);
  expect(row.error?.message).toHaveLength(1_000_000);
});

test("an error that is no text fails its job, readably", async () => {
  const row = await deed("mumble");
  expect(row.state).toBe("failed");
  expect(row.error?.message).toContain("not text");
});

test.each([
  ["everything", "Exception", "all of it"],
  ["toss", "UncaughtThrowError", "nobody"],
  ["leave", "SystemExit", "exit"],
  ["recurse", "SystemStackError", "stack level too deep"],
])("a job that does %s fails with %s", async (name, className, message) => {
  const row = await deed(name);
  expect(row.state).toBe("failed");
  expect(row.error).toMatchObject({ className });
  expect(row.error?.message).toContain(message);
});

/** Performs in a process that may not survive it; says how that ended, or how the job did. */
async function riskyDeed(name: string): Promise<string> {
  const [worker] = alive(sandbox, "jobs");
  const { pid } = present(worker, "a jobs process");
  await ruby(sandbox, `EvilJob.perform_later("${name}"); nil`);
  const failed = until(
    async () => (await rowsOf(sandbox, "EvilJob")).at(-1)?.state === "failed",
    name,
  );
  await Promise.race([sandbox.processes.wait(pid), failed]);
  failed.catch(() => undefined);
  const exit = sandbox.processes.list().find((process) => process.pid === pid)?.exit;
  return exit ? exit.reason : ((await rowsOf(sandbox, "EvilJob")).at(-1)?.error?.className ?? "");
}

test("a job that allocates without end meets the limit of its process; others live", async () => {
  expect(await riskyDeed("hoard")).toMatch(/NoMemoryError|out of memory|crashed/);
  expect(alive(sandbox, "web")).toHaveLength(1);
});

test("blocks nested without end are stopped; others live", async () => {
  expect(await riskyDeed("nest")).toMatch(/SystemStackError|out of stack|crashed/);
  expect(alive(sandbox, "web")).toHaveLength(1);
});

test("what cannot be an argument is an error where the job is enqueued", async () => {
  const { error } = await sandbox.evaluate("FineJob.perform_later(Object.new)");
  expect(error?.className).toBe("ActiveJob::SerializationError");
});
