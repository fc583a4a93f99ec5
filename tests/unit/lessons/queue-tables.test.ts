/**
 * Solid Queue's README says for one database: copy `db/queue_schema.rb` into a migration. The lessons do so,
 * so the app has these tables in two files. They must say the same.
 */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const SCHEMA = "src/sandbox/base-app/db/queue_schema.rb";
const MIGRATION =
  "lessons/_apps/queue-in-either/db/migrate/20250302090000_create_solid_queue_tables.rb";

/** The statements of a Ruby file that make tables, without their indent. */
async function tables(file: string): Promise<string[]> {
  const lines = (await readFile(file, "utf8")).split("\n").map((line) => line.trim());
  const first = lines.findIndex((line) => line.startsWith("create_table"));
  const last = lines.findLastIndex((line) => line.startsWith("add_foreign_key"));
  return lines.slice(first, last + 1);
}

test("the migration for the app's database makes the tables of the queue's database", async () => {
  const schema = await tables(SCHEMA);
  expect(schema.filter((line) => line.startsWith("create_table"))).toHaveLength(11);
  expect(await tables(MIGRATION)).toEqual(schema);
});
