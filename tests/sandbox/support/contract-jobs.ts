/** What every host of the engine promises about jobs, processes, time and data, in one sandbox of the base app. */
import { expect, test } from "vitest";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { ruby, until } from "./ask.ts";
import { alive, eventsOf, linesOf, present, rowsOf } from "./stream.ts";

const MINUTE = 60_000;
const SAMPLE = "test/fixtures/files/sunset.jpg";
const ORIGIN = "http://localhost:3000";

const DEVELOP = `
class DevelopJob < ApplicationJob
  def perform(photo)
    photo.process_image
    PhotoMailer.processed(photo).deliver_now
    puts "developed é"
  end
end
`;
const STUCK = `
class StuckJob < ApplicationJob
  def perform
    puts "stuck begins"
    loop { }
  end
end
`;

const CHECK = `
class UploadCheck < Sandbox::Check
  test("the page answers") { assert_equal 200, get("/").status }
  test("a hint is given") { hint("Look again.") { assert_equal 1, Photo.count } }
end
`;

/** @param running the sandbox, which has a web process, once the tests run */
export function performsJobs(running: () => Sandbox): void {
  test("keeps an uploaded picture byte for byte, and a worker makes a thumbnail of it", async () => {
    const sandbox = running();
    sandbox.files.write("app/jobs/develop_job.rb", DEVELOP);
    const { pid, name } = await sandbox.processes.start({ kind: "jobs" });
    const picture = sandbox.files.read(SAMPLE) as Uint8Array<ArrayBuffer>;
    expect((await upload(sandbox, picture)).headers.get("x-sandbox-url")).toMatch(/photos\/\d+$/);
    expect(await bytesOf(sandbox, "image")).toEqual([...picture]);

    await ruby(sandbox, "DevelopJob.perform_later(Photo.last); nil");
    const state = async () => (await rowsOf(sandbox, "DevelopJob"))[0]?.state;
    await until(async () => (await state()) === "finished", "the job has finished");
    expect((await bytesOf(sandbox, "thumbnail")).slice(0, 3)).toEqual([0xff, 0xd8, 0xff]);
    const [line] = linesOf(sandbox, "developed é");
    expect(line).toMatchObject({ pid, process: name, stream: "stdout" });
    const [mail] = sandbox.mails();
    expect(mail).toMatchObject({ pid, subject: "Your photo “Sunset” is ready" });
    const types = sandbox.events.history().map(({ type }) => type);
    const way = ["job.enqueued", "job.claimed", "job.started", "mail.delivered", "job.performed"];
    expect(types.filter((type) => way.includes(type))).toEqual(way);
    sandbox.processes.signal(pid, "TERM");
    expect((await sandbox.processes.wait(pid)).code).toBe(0);
  });

  test("KILL ends an endless loop at once; the clock finds its job later, and a retry is a row again", async () => {
    const sandbox = running();
    sandbox.files.write("app/jobs/stuck_job.rb", STUCK);
    const victim = await sandbox.processes.start({ kind: "jobs", threads: 1 });
    await ruby(sandbox, "StuckJob.perform_later; nil");
    await until(() => linesOf(sandbox, "stuck begins").length > 0, "the job has begun");
    sandbox.processes.signal(victim.pid, "KILL");
    const listed = () => sandbox.processes.list().find(({ pid }) => pid === victim.pid);
    expect(listed()).toMatchObject({ status: "exited", exit: { signal: "KILL" } });
    expect(await sandbox.processes.wait(victim.pid)).toMatchObject({ signal: "KILL" });
    const row = async () => present((await rowsOf(sandbox, "StuckJob"))[0]);
    expect((await row()).claimedBy?.pid).toBe(victim.pid);

    const survivor = await sandbox.processes.start({ kind: "jobs", queues: ["other"] });
    const before = sandbox.clock.now();
    await sandbox.clock.advance(11 * MINUTE);
    expect(sandbox.clock.now() - before).toBeGreaterThanOrEqual(11 * MINUTE);
    expect((await row()).error?.className).toBe("SolidQueue::Processes::ProcessPrunedError");
    expect(eventsOf(sandbox, "process.pruned").map(({ pid }) => pid)).toContain(survivor.pid);
    expect(await sandbox.queue.retry((await row()).id)).toBe(1);
    expect((await row()).state).toBe("ready");
    expect(await sandbox.queue.discard({ className: "StuckJob" })).toBe(1);
    expect(sandbox.processes.pullThePlug()).toContainEqual({ kind: "jobs", queues: ["other"] });
    expect(alive(sandbox, "jobs")).toEqual([]);
    await sandbox.processes.start({ kind: "web" });
  });

  test("carries values of every kind, now and as they were", async () => {
    const { database, clock } = running();
    const values = [null, 1.5, -(2n ** 63n), "é\0\u{1F600}", Uint8Array.of(0, 255, 128)];
    const sql = "SELECT ?, ?, ?, ?, ?, 9e999 AS endless";
    const { columns, rows } = await database.query("primary", sql, values);
    expect(columns.at(-1)).toBe("endless");
    expect(rows).toEqual([[...values, Infinity]]);

    await database.execute("primary", "CREATE TABLE notes (text)");
    await database.execute("primary", "INSERT INTO notes VALUES ('first')");
    const early = clock.now();
    const { changes } = await database.execute("primary", "UPDATE notes SET text = 'second'");
    expect(changes).toBe(1);
    const read = (from: Pick<typeof database, "query">) =>
      from.query("primary", "SELECT * FROM notes");
    expect((await read(database)).rows).toEqual([["second"]]);
    expect((await read(database.at(early))).rows).toEqual([["first"]]);
    await expect(database.query("primary", "DELETE FROM notes")).rejects.toThrow("only read");
  });

  test("stops what is aborted, and says why", async () => {
    const sandbox = running();
    const interrupt = new AbortController();
    const entry = sandbox.evaluate('STDOUT.puts "entry begins"; sleep', interrupt.signal);
    await until(() => linesOf(sandbox, "entry begins").length > 0, "the entry has begun");
    interrupt.abort();
    expect((await entry).error?.className).toBe("Interrupt");

    const enough = new AbortController();
    const check = sandbox.check(CHECK, enough.signal);
    const advance = sandbox.clock.advance(1e11, enough.signal);
    const [reason, impatience] = [new Error("enough"), new Error("impatience")];
    const changed = new AbortController();
    const waiting = sandbox.clock.advance(1, changed.signal);
    changed.abort(impatience);
    await expect(waiting).rejects.toBe(impatience); // though the one before it goes on
    enough.abort(reason);
    await Promise.all([expect(check).rejects.toBe(reason), expect(advance).rejects.toBe(reason)]);
  });

  test("checks the files as they are, on databases of the check's own", async () => {
    const sandbox = running();
    const before = await ruby(sandbox, "Photo.count");
    const { passed, tests, error } = await sandbox.check(CHECK);
    expect({ passed, error }).toEqual({ passed: false, error: null });
    expect(tests.map(({ status, hint }) => [status, hint])).toEqual([
      ["passed", null],
      ["failed", "Look again."],
    ]);
    expect(await ruby(sandbox, "Photo.count")).toBe(before);
  });

  test("lets time stand still, and go on", async () => {
    const { clock } = running();
    clock.freeze();
    const at = clock.now();
    // Time waits for what was asked before it was moved, also where that has not come to its sleep yet.
    const entry = running().evaluate("300_000.times { }; sleep 60; :awake");
    await clock.advance(61_000);
    expect((await entry).result).toBe(":awake");
    expect(clock.frozen()).toBe(true);
    // A container's clock hears of it some ms after the page's.
    expect(clock.now() - at).toBeGreaterThanOrEqual(60_999);
    expect(clock.now() - at).toBeLessThan(62_000);
    clock.unfreeze();
    expect(clock.frozen()).toBe(false);
    await until(() => clock.now() > at + 61_000, "time goes on");
  });
}

async function upload(sandbox: Sandbox, picture: Uint8Array<ArrayBuffer>): Promise<Response> {
  const page = await (await sandbox.fetch(new Request(`${ORIGIN}/`))).text();
  const form = new FormData();
  form.set("authenticity_token", /name="csrf-token" content="([^"]+)"/.exec(page)?.[1] ?? "");
  form.set("photo[title]", "Sunset");
  form.set("photo[image]", new File([picture], "sunset.jpg", { type: "image/jpeg" }));
  return sandbox.fetch(new Request(`${ORIGIN}/photos`, { method: "POST", body: form }));
}

async function bytesOf(sandbox: Sandbox, variant: string): Promise<number[]> {
  const id = await ruby(sandbox, "Photo.last.id");
  const response = await sandbox.fetch(new Request(`${ORIGIN}/photos/${id}/${variant}`));
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  return [...new Uint8Array(await response.arrayBuffer())];
}
