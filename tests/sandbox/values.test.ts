import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, untilDrained } from "./support/sandbox.ts";

const FILES = {
  "db/migrate/20250302090000_create_samples.rb": `
    class CreateSamples < ActiveRecord::Migration[8.0]
      def change
        create_table(:samples) do |t|
          t.string :text
          t.binary :bytes
          t.float :number
          t.integer :whole, limit: 8
          t.boolean :flag
          t.datetime :at
          t.string :code, index: { unique: true }
        end
        create_table(:parts) do |t|
          t.references :sample, null: false, foreign_key: true
          t.integer :size
          t.check_constraint "size > 0", name: "size_is_positive"
        end
      end
    end`,
  "app/models/sample.rb": "class Sample < ApplicationRecord; has_many :parts; end",
  "app/models/part.rb": "class Part < ApplicationRecord; end",
  // Keeps what it was given as Ruby sees it, to be compared in another process.
  "app/jobs/echo_job.rb": `
    class EchoJob < ApplicationJob
      def perform(*arguments) = Sample.create!(bytes: Marshal.dump(arguments))
    end`,
  "app/models/money.rb": "Money = Struct.new(:cents)",
  "config/initializers/money.rb": `
    require "active_job/serializers/object_serializer"

    class MoneySerializer < ActiveJob::Serializers::ObjectSerializer
      def serialize(money) = super("cents" => money.cents)
      def deserialize(hash) = Money.new(hash["cents"])

      private
        def klass = Money
    end
    Rails.application.config.active_job.custom_serializers << MoneySerializer`,
};

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES, processes: [{ kind: "jobs" }] });
});

afterEach(() => ruby(sandbox, "Part.delete_all; Sample.delete_all"));

afterAll(() => sandbox.dispose());

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** A Ruby expression for a value that survives any quoting. */
const expression = {
  text: (text: string) =>
    `["${Buffer.from(text).toString("hex")}"].pack("H*").force_encoding("UTF-8")`,
  bytes: (bytes: Uint8Array) => `["${hex(bytes)}"].pack("H*")`,
  float(value: number): string {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value);
    return `["${hex(bytes)}"].pack("H*").unpack1("G")`;
  },
  time: (microseconds: bigint) => `Time.at(0, ${microseconds}, :usec).utc`,
};

const YEAR_1 = -62_135_596_800_000_000n;
const YEAR_9999 = 253_402_300_799_999_999n;

const text = fc
  .oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "",
      "it's",
      '"quoted"',
      "a\0b",
      "\u{1F600}",
      "\\",
      "NULL",
      "1e5",
      "007",
      "\uFEFF",
    ),
  )
  .filter((value) => value.isWellFormed());

const sample = fc.record({
  text: fc.option(text),
  bytes: fc.option(fc.uint8Array({ maxLength: 200 })),
  // SQLite keeps -0.0 as 0.0, and NaN as NULL.
  number: fc.option(fc.double({ noNaN: true }).map((value) => value + 0)),
  whole: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  flag: fc.option(fc.boolean()),
  at: fc.option(fc.bigInt({ min: YEAR_1, max: YEAR_9999 })),
});

test("whatever is saved is read again, by Active Record and by the page", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sample, { minLength: 10, maxLength: 30 }), async (samples) => {
      const attributes = samples.map(
        ({ text, bytes, number, whole, flag, at }) => `{
          text: ${text === null ? "nil" : expression.text(text)},
          bytes: ${bytes === null ? "nil" : expression.bytes(bytes)},
          number: ${number === null ? "nil" : expression.float(number)},
          whole: ${whole ?? "nil"}, flag: ${flag ?? "nil"},
          at: ${at === null ? "nil" : expression.time(at)} }`,
      );
      const different = await ruby(
        sandbox,
        `Sample.delete_all
        [ ${attributes.join(", ")} ].filter_map do |attributes|
          again = Sample.find(Sample.create!(attributes).id)
          differing = attributes.reject { |name, value| again[name] == value && (value.is_a?(Time) || again[name].class == value.class) }
          [ differing, again ] if differing.any? || (again.text && again.text.encoding != Encoding::UTF_8)
        end`,
      );
      expect(different).toBe("[]");

      const { rows } = await sandbox.database.query(
        "primary",
        "SELECT text, bytes, number, whole, flag FROM samples ORDER BY id",
      );
      expect(rows.map(plain)).toEqual(
        samples.map(({ text, bytes, number, whole, flag }) =>
          plain([text, bytes, number, whole, flag === null ? null : flag ? 1 : 0]),
        ),
      );
    }),
    { numRuns: 15 },
  );
});

/** Integers and blobs so that they can be compared. */
function plain(row: unknown[]): unknown[] {
  return row.map((value, column) => {
    if (value instanceof Uint8Array) return `x'${hex(value)}'`;
    return column >= 3 && value !== null ? BigInt(value as number | bigint) : value;
  });
}

test("what no column can hold is refused, or becomes what SQLite makes of it", async () => {
  await expect(ruby(sandbox, "Sample.create!(whole: 2**63)")).rejects.toThrow(
    "ActiveModel::RangeError: 9223372036854775808 is out of range for ActiveRecord::ConnectionAdapters::SQLite3Adapter::SQLite3Integer with limit 8 bytes",
  );
  expect(await ruby(sandbox, "Sample.find(Sample.create!(number: Float::NAN).id).number")).toBe(
    "nil",
  );
});

test("broken rules are Active Record's errors", async () => {
  const broken: [string, string][] = [
    [
      '2.times { Sample.create!(code: "same") }',
      "ActiveRecord::RecordNotUnique: SQLite3::ConstraintException: UNIQUE constraint failed: samples.code",
    ],
    [
      "Part.insert!({ sample_id: nil })",
      "ActiveRecord::NotNullViolation: SQLite3::ConstraintException: NOT NULL constraint failed: parts.sample_id",
    ],
    [
      "Part.create!(sample_id: 999_999)",
      "ActiveRecord::InvalidForeignKey: SQLite3::ConstraintException: FOREIGN KEY constraint failed",
    ],
    [
      "Sample.create!.tap { |sample| sample.parts.create! }.delete",
      "ActiveRecord::InvalidForeignKey",
    ],
    [
      "Sample.create!.parts.create!(size: 0)",
      "ActiveRecord::StatementInvalid: SQLite3::ConstraintException: CHECK constraint failed: size_is_positive",
    ],
    [
      'Sample.lease_connection.execute("SELECT * FROM nowhere")',
      "ActiveRecord::StatementInvalid: SQLite3::SQLException: no such table: nowhere",
    ],
  ];
  for (const [code, message] of broken) {
    const { error } = await sandbox.evaluate(code);
    expect(`${error?.className}: ${error?.message}`).toContain(message);
  }
});

test("job arguments of every kind come out as they went in", async () => {
  const kinds = `[
    nil, true, false, 0, -1, 2**70, 1.5, "it's \\u{1F600} \\0 \\"quoted\\"", "", :symbol, :"with space",
    Date.new(2024, 2, 29), Time.utc(2024, 2, 29, 12, 0, 0, 123456.789r), DateTime.new(2024, 2, 29, 12, 30),
    Time.find_zone("Asia/Tokyo").local(2024, 2, 29, 9, 0, 0), 3.days, 90.minutes + 1.second,
    BigDecimal("0.1e-40"), BigDecimal("123456789012345678901234567890.5"),
    1..5, 1...5, (1..), ("a".."e"), (Date.new(2024, 1, 1)..Date.new(2024, 1, 31)),
    String, Comparable, [], [ 1, [ "two", [ :three, nil ] ] ], {}, { a: 1, b: { c: [ 1.5 ] } },
    { "text" => :key }, { a: 1 }.with_indifferent_access, Money.new(250)
  ]`;
  await ruby(sandbox, `$sent = ${kinds}; EchoJob.perform_later(*$sent)`);
  await untilDrained(sandbox);
  expect(await ruby(sandbox, different("Marshal.load(Sample.sole.bytes)"))).toBe("[]");
});

test("a record travels as a reference", async () => {
  await ruby(
    sandbox,
    `$sample = Sample.create!(text: "before"); EchoJob.set(wait: 1.hour).perform_later($sample)`,
  );
  const [job] = await sandbox.queue.jobs({ states: ["scheduled"] });
  const id = await ruby(sandbox, "$sample.id");
  expect(job?.serialized).toMatchObject({
    arguments: [{ _aj_globalid: `gid://photo-app/Sample/${id}` }],
  });
  await ruby(sandbox, '$sample.update!(text: "after")');
  await sandbox.queue.runNow(job?.id as number);
  await untilDrained(sandbox);
  expect(await ruby(sandbox, "Marshal.load(Sample.last.bytes).first.text")).toBe('"after"');
});

test("nested job arguments come out as they went in", async () => {
  const { argument } = fc.letrec<{ argument: string }>((tie) => ({
    argument: fc.oneof(
      { depthSize: "small" },
      text.map(expression.text),
      fc.bigInt().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(expression.float),
      fc.constantFrom("nil", "true", "false", ":symbol", "Date.new(2024, 2, 29)"),
      fc.bigInt({ min: 0n, max: YEAR_9999 }).map(expression.time),
      fc.array(tie("argument"), { maxLength: 4 }).map((items) => `[ ${items.join(", ")} ]`),
      fc.array(fc.tuple(text, tie("argument")), { maxLength: 4 }).map((pairs) => {
        const kept = pairs.filter(([key]) => !key.startsWith("_aj_"));
        return `{ ${kept.map(([key, value]) => `${expression.text(key)} => ${value}`).join(", ")} }`;
      }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(argument, { minLength: 20, maxLength: 40 }), async (items) => {
      await ruby(
        sandbox,
        `Sample.delete_all; $sent = [ ${items.join(", ")} ]; EchoJob.perform_later(*$sent)`,
      );
      await untilDrained(sandbox);
      expect(await ruby(sandbox, different("Marshal.load(Sample.sole.bytes)"))).toBe("[]");
    }),
    { numRuns: 5 },
  );
});

/** Ruby for the pairs that differ between `$sent` and what the expression gives. */
function different(received: string): string {
  return `received = ${received}
    raise "#{received.size} of #{$sent.size}" if received.size != $sent.size
    $sent.zip(received).reject { |sent, got| sent == got && sent.class == got.class }`;
}

test("what cannot be an argument is refused when it is enqueued", async () => {
  const before = (await sandbox.queue.jobs({ limit: 1000 })).length;
  for (const argument of ["Object.new", "Set[1]", "{ 1 => 2 }", "Sample.new", "binding"]) {
    const { error } = await sandbox.evaluate(`EchoJob.perform_later(${argument})`);
    expect(error?.className).toMatch(
      /^ActiveJob::SerializationError$|^URI::GID::MissingModelIdError$/,
    );
  }
  expect(await sandbox.queue.jobs({ limit: 1000 })).toHaveLength(before);
});

test("a blob of 20 MB is the same for everyone", async () => {
  const digest = await ruby(
    sandbox,
    `bytes = Random.bytes(20_000_000)
    again = Sample.find($big = Sample.create!(bytes: bytes).id).bytes
    raise "differs" unless again == bytes
    Digest::SHA256.hexdigest(again)`,
  );
  const { rows } = await sandbox.database.query(
    "primary",
    "SELECT bytes FROM samples ORDER BY id DESC LIMIT 1",
  );
  const hash = createHash("sha256").update(rows[0]?.[0] as Uint8Array);
  expect(`"${hash.digest("hex")}"`).toBe(digest);
});

test("a result of 50,000 rows is complete and in order", async () => {
  const counted = await ruby(
    sandbox,
    `(1..50_000).each_slice(5_000) { |numbers| Sample.insert_all(numbers.map { |n| { whole: n, text: "row #{n}" } }) }
    rows = Sample.order(:whole).pluck(:whole, :text)
    [ rows.size, rows == (1..50_000).map { |n| [ n, "row #{n}" ] }, Sample.all.to_a.sum(&:whole) ]`,
  );
  expect(counted).toBe("[50000, true, 1250025000]");
  const { rows } = await sandbox.database.query(
    "primary",
    "SELECT whole FROM samples ORDER BY whole",
  );
  expect(rows).toEqual(Array.from({ length: 50_000 }, (_, index) => [index + 1]));
});
