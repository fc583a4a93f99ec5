/** What is in the boot image: little memory, and every file that someone may still ask for. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby } from "./support/sandbox.ts";

const MEMORY_BUDGET_BYTES = 100_000_000;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ processes: [{ kind: "web" }, { kind: "jobs" }] });
});
afterAll(() => sandbox.dispose());

test("a process takes 100 MB or less", async () => {
  await ruby(sandbox, "1");
  const sizes = sandbox.processes.list().map(({ name, memoryBytes }) => ({ name, memoryBytes }));
  expect(sizes.map(({ name }) => name)).toEqual(["web", "jobs-1", "console"]);
  expect(sizes.filter(({ memoryBytes }) => memoryBytes > MEMORY_BUDGET_BYTES)).toEqual([]);
});

const QUEUE_COLUMN = {
  "db/queue_migrate/20260101000000_add_note.rb": `
    class AddNote < ActiveRecord::Migration[8.0]
      def change = add_column(:solid_queue_jobs, :note, :string)
    end`,
};

test("the first job is enqueued without a question for the columns of Solid Queue's tables", async () => {
  const code = `asked = []
  subscriber = ActiveSupport::Notifications.subscribe("sql.active_record") { |event| asked << event.payload[:sql] if event.payload[:name] == "SCHEMA" }
  SolidQueue::RecurringJob.set(queue: "nobody's").perform_later("nil")
  ActiveSupport::Notifications.unsubscribe(subscriber)
  asked.grep(/solid_queue/)`;
  expect(await ruby(sandbox, code)).toBe("[]");
});

test("but where they have other columns, those count", async () => {
  const other = await bootTestSandbox({ files: QUEUE_COLUMN, processes: [] });
  try {
    const code = 'SolidQueue::Job.create!(class_name: "A", queue_name: "b", note: "c").note';
    expect(await ruby(other, code)).toBe('"c"');
  } finally {
    await other.dispose();
  }
});

const LIBRARIES =
  "abbrev base64 benchmark bigdecimal bigdecimal/util cgi csv date delegate digest digest/sha2 English erb " +
  "fileutils find forwardable ipaddr json logger minitest minitest/mock monitor mutex_m objspace observer open3 " +
  "openssl optparse ostruct pathname pp prettyprint pstore random/formatter securerandom set shellwords singleton " +
  "ripper socket stringio strscan syntax_suggest/api tempfile time timeout tmpdir tsort un uri weakref yaml zlib";

test("Ruby's libraries load", async () => {
  const code = `%w[ ${LIBRARIES} ].filter_map do |name|
    require name
    nil
  rescue LoadError => error
    error.message
  end`;
  expect(await ruby(sandbox, code)).toBe("[]");
});

test("text is converted to and from western encodings, and Ruby has no converter for the others", async () => {
  const there = `%w[ ISO-8859-1 ISO-8859-15 Windows-1252 UTF-16LE UTF-32BE UTF8-MAC ].all? do |name|
    "Grüße".encode(name).encode("UTF-8").unicode_normalize == "Grüße"
  end`;
  expect(await ruby(sandbox, there)).toBe("true");
  const names = "Big5 GB18030 GBK GB2312 EUC-JP Shift_JIS ISO-2022-JP EUC-KR CP949 Windows-31J";
  const converted = `%w[ ${names} UTF8-DoCoMo ].reject do |name|
    "\u65e5".encode(name)
  rescue Encoding::ConverterNotFoundError => error
    error.message == "code converter not found (UTF-8 to #{name})"
  end`;
  expect(await ruby(sandbox, converted)).toBe("[]");
  expect(await ruby(sandbox, '"\\xc6\\xfc".dup.force_encoding("EUC-JP").valid_encoding?')).toBe(
    "true",
  );
});

test("what would talk to a server says that there is no network", async () => {
  const asking = `require "net/http"
  [ -> { Net::HTTP.get("example.com", "/") }, -> { Mail::IMAP.new({}).find }, -> { Mail::POP3.new({}).find } ].map do |ask|
    ask.call
  rescue SocketError => error
    error.message
  end.uniq`;
  expect(await ruby(sandbox, asking)).toBe('["The sandbox has no network."]');
});

test("an error's line is known in the gems' code too, whose trees nobody keeps", async () => {
  const lines = `begin
    ActiveRecord::Base.establish_connection(:nowhere)
  rescue ActiveRecord::AdapterNotSpecified => error
    error.backtrace.first(3).map { |line| line[%r{gems/activerecord-[^/]+/lib/[^:]+:[1-9]\\d+}].present? }.uniq
  end`;
  expect(await ruby(sandbox, lines)).toBe("[true]");
});

/** Every constant that loads a file when it is first used, as it is reached from the gems' modules. */
const AUTOLOADED = `
missing = []
visit = ->(mod, seen) do
  next if seen[mod]
  seen[mod] = true
  mod.constants(false).each do |name|
    file = mod.autoload?(name, false)
    value = mod.const_get(name, false)
    visit.(value, seen) if value.is_a?(Module) && value.name.to_s.start_with?(mod.name.to_s)
  rescue ScriptError, StandardError => error # some want a server or a terminal: not what this is about
    next if "#{mod}::#{name}" == "SolidQueue::Cli" # the command line, with Thor: nobody starts processes with it here
    missing << "#{mod}::#{name} (#{file}): #{error.message}" if error.message.include?("not in the sandbox")
  end
end
roots = [ AbstractController, ActionController, ActionDispatch, ActionMailer, ActionView, ActiveJob, ActiveModel,
  ActiveRecord, ActiveSupport, Concurrent, Fugit, GlobalID, I18n, Mail, Minitest, Rack, Rails, SolidQueue, TZInfo ]
roots.each { |root| visit.(root, {}.compare_by_identity) }
missing.sort
`;

test("every constant that a gem loads late loads", async () => {
  expect(await ruby(sandbox, AUTOLOADED)).toBe("[]");
});

test("time zones and locales are there", async () => {
  expect(await ruby(sandbox, 'Time.find_zone!("Europe/Berlin").utc_offset')).toBe("3600");
  expect(await ruby(sandbox, 'I18n.t("errors.messages.blank")')).toBe('"can\'t be blank"');
});

test("a library that is left out says so", async () => {
  const { error } = await sandbox.evaluate('require "rdoc"');
  expect(error).toMatchObject({
    className: "LoadError",
    message: expect.stringContaining("not in the sandbox"),
  });
});
