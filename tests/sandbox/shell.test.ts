/** The console panel's shell on a real sandbox. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { runShellLine } from "../../src/workbench/shell/shell.ts";
import { bootTestSandbox, ruby } from "./support/sandbox.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({});
});
afterAll(() => sandbox.dispose());

const shell = (line: string) => runShellLine(line, sandbox);

test("a new migration is run, once", async () => {
  await ruby(sandbox, ":the_console_runs_before_the_file_is_written");
  sandbox.files.write(
    "db/migrate/20250401090000_create_orders.rb",
    "class CreateOrders < ActiveRecord::Migration[8.0]\n  def change = create_table(:orders) { |t| t.string :name }\nend\n",
  );
  const first = await shell("bin/rails db:migrate");
  expect(first.failed).toBe(false);
  expect(first.output).toContain("CreateOrders: migrated");
  expect(await ruby(sandbox, 'ActiveRecord::Base.connection.table_exists?("orders")')).toBe("true");
  expect((await shell("bin/rails db:migrate")).output).toContain("Nothing to migrate.");
  expect((await shell("bin/rails db:migrate:status")).output).toMatch(/up +20250401090000/);
});

test("runner prints what the code prints, and its error", async () => {
  expect(await shell("bin/rails runner 'puts Photo.count'")).toEqual({
    output: "0",
    failed: false,
  });
  const { output, failed } = await shell("bin/rails runner 'Photo.find(9)'");
  expect(failed).toBe(true);
  expect(output).toContain("ActiveRecord::RecordNotFound: Couldn't find Photo with 'id'=9");
  expect(output).not.toMatch(/\.$/);
});

test("a process is started, listed and killed", async () => {
  const pid = /pid (\d+)/.exec((await shell("bin/jobs")).output)?.[1];
  expect((await shell("ps")).output).toMatch(new RegExp(`^${pid} .*jobs-1$`, "m"));
  expect(await shell(`kill -9 ${pid}`)).toEqual({ output: "", failed: false });
  expect((await shell(`kill ${pid}`)).output).toContain(`no running process with pid ${pid}`);
});
