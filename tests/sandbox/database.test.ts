import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTree } from "../../src/course/node/read-tree.ts";
import { readBootImage } from "../../src/sandbox/boot-image/read.ts";
import { createNodeSandbox } from "../../src/sandbox/local/node.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Holds the lock to write for as long as the request says, then commits. */
const HOLDER = `
class LocksController < ActionController::Base
  def show
    ActiveRecord::Base.transaction do
      ActiveRecord::Base.lease_connection.execute("INSERT INTO notes (text) VALUES ('held')")
      sleep params[:seconds].to_f
    end
    head :ok
  end
end
`;

let sandbox: Sandbox;

beforeAll(async () => {
  const files = {
    ...(await readTree(`${root}src/sandbox/base-app`)),
    "app/controllers/locks_controller.rb": HOLDER,
    "config/routes.rb": 'Rails.application.routes.draw { get "lock", to: "locks#show" }',
  };
  sandbox = createNodeSandbox();
  await sandbox.boot({
    files,
    image: readBootImage(`${root}public/boot`),
    processes: [{ kind: "web" }],
  });
  await ruby(`
    ActiveRecord::Schema.define do
      self.verbose = false
      create_table(:notes) { |t| t.text :text; t.binary :bytes; t.float :number; t.integer :whole, limit: 8; t.datetime :at }
      create_table(:comments) { |t| t.references :note, null: false, foreign_key: { on_delete: :cascade } }
      add_index :notes, :text, unique: true
    end
    class Note < ActiveRecord::Base; has_many :comments; end
    class Comment < ActiveRecord::Base; belongs_to :note; end
    nil`);
});

afterAll(() => sandbox.dispose());

async function ruby(code: string): Promise<string | null> {
  const { result, error } = await sandbox.evaluate(code);
  if (error !== null) throw new Error(`${error.className}: ${error.message}`);
  return result;
}

/** Has the web process hold the lock; resolves once it does, `done` when the request has ended. */
async function hold(seconds: number): Promise<{ done: Promise<Response | null> }> {
  const response = sandbox.fetch(new Request(`http://localhost/lock?seconds=${seconds}`));
  const done = response.catch(() => null);
  for (;;) {
    const free = await ruby(`
      begin
        raw = SQLite3::Database.new("storage/development.sqlite3")
        raw.execute("BEGIN IMMEDIATE"); raw.execute("ROLLBACK"); true
      rescue SQLite3::BusyException
        false
      ensure
        raw.close
      end`);
    if (free === "false") return { done };
  }
}

test("Rails' own adapter, with its settings", async () => {
  expect(await ruby("ActiveRecord::Base.lease_connection.class.name")).toBe(
    '"ActiveRecord::ConnectionAdapters::SQLite3Adapter"',
  );
  const pragmas = [
    "foreign_keys",
    "journal_mode",
    "synchronous",
    "journal_size_limit",
    "cache_size",
  ];
  expect(
    await ruby(
      `%w[${pragmas.join(" ")}].map { |name| ActiveRecord::Base.lease_connection.select_value("PRAGMA #{name}") }`,
    ),
  ).toBe('[1, "wal", 1, 67108864, 2000]');
});

test("values survive", async () => {
  const result = await ruby(`
    note = Note.create!(text: "it's \\u{1F600} \\0 \\"quoted\\"", bytes: (0..255).to_a.pack("C*"), number: 0.1, whole: 2**63 - 1, at: Time.utc(2024, 2, 29, 12, 0, 0, 123456))
    again = Note.find(note.id)
    note.attributes == again.attributes && [again.number.class, again.whole.class, again.bytes.encoding.to_s]`);
  expect(result).toBe('[Float, Integer, "ASCII-8BIT"]');
});

test("a picture of 5 MB goes in and out", async () => {
  const code =
    "bytes = Random.bytes(5_000_000); Note.find(Note.create!(bytes: bytes).id).bytes == bytes";
  expect(await ruby(code)).toBe("true");
});

test("foreign keys cascade, and errors are Active Record's", async () => {
  expect(await ruby("n = Note.create!; n.comments.create!; Note.delete(n.id); Comment.count")).toBe(
    "0",
  );
  await ruby('Note.create!(text: "once")');
  await expect(ruby('Note.create!(text: "once")')).rejects.toThrow(
    "ActiveRecord::RecordNotUnique: SQLite3::ConstraintException: UNIQUE constraint failed: notes.text",
  );
  await expect(ruby("Comment.insert({ note_id: 999 })")).rejects.toThrow(
    "ActiveRecord::InvalidForeignKey",
  );
  await expect(ruby('Note.find_by_sql("SELECT * FORM notes")')).rejects.toThrow(
    'near "FORM": syntax error',
  );
});

test("another process's transaction is invisible, its lock is waited for", async () => {
  const held = await hold(0.5);
  expect(await ruby('Note.where(text: "held").count')).toBe("0");
  await expect(ruby('Note.create!(text: "held")')).rejects.toThrow("ActiveRecord::RecordNotUnique");
  expect((await held.done)?.status).toBe(200);
  expect(await ruby('Note.where(text: "held").delete_all')).toBe("1");
});

test("after the timeout it is Active Record's error", async () => {
  const held = await hold(1);
  const code = `
    ActiveRecord::Base.lease_connection.raw_connection.busy_handler_timeout = 100
    Note.create!(text: "late")`;
  await expect(ruby(code)).rejects.toThrow(
    "ActiveRecord::StatementTimeout: SQLite3::BusyException: database is locked",
  );
  await held.done;
  expect(
    await ruby(
      'ActiveRecord::Base.lease_connection.reconnect!; Note.where(text: "held").delete_all',
    ),
  ).toBe("1");
});

test("green threads of one process wait for each other", async () => {
  const result = await ruby(`
    order = []
    waiter = Thread.new do
      sleep 0.05
      Note.create!(text: "second")
      order << :second
    end
    Note.transaction { Note.create!(text: "first"); sleep 0.2; order << :first }
    waiter.join
    order`);
  expect(result).toBe("[:first, :second]");
});

test("a process that is killed leaves neither rows nor lock", async () => {
  const held = await hold(60);
  const web = sandbox.processes.list().find((process) => process.kind === "web");
  const waiting = ruby('Note.create!(text: "after the crash").persisted?');
  sandbox.processes.signal(web?.pid as number, "KILL");
  expect(await waiting).toBe("true");
  expect(await ruby('Note.where(text: "held").count')).toBe("0");
  await held.done;
});
