/** What processes and page are told when the database's worker breaks. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { LocalSandbox } from "../../src/sandbox/local/local-sandbox.ts";
import { nodePlatform } from "../../src/sandbox/local/node.ts";
import type { Platform } from "../../src/sandbox/local/platform.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until } from "./support/sandbox.ts";
import { eventsOf, linesOf } from "./support/stream.ts";

const HOLDER = `
class LocksController < ActionController::Base
  def show
    Photo.transaction do
      Photo.connection.execute("UPDATE photos SET title = title")
      $stdout.puts "the lock is held"
      sleep 600
    end
  end
end
`;

let sandbox: Sandbox;
let breakDatabase: (reason: string) => void;

const platform: Platform = {
  ...nodePlatform,
  startWorker(role) {
    const worker = nodePlatform.startWorker(role);
    if (role === "process") return worker;
    return {
      ...worker,
      onBroken(receive) {
        worker.onBroken(receive);
        breakDatabase = (reason) => {
          worker.terminate();
          receive(reason);
        };
      },
    };
  },
};

beforeAll(async () => {
  sandbox = await bootTestSandbox({
    create: () => new LocalSandbox(platform),
    files: {
      "app/controllers/locks_controller.rb": HOLDER,
      "config/routes.rb": 'Rails.application.routes.draw { get "lock", to: "locks#show" }',
    },
  });
});
afterAll(() => sandbox.dispose());

test("everyone gets an error with a sentence, whatever they wait for", async () => {
  await ruby(sandbox, "Photo.count");
  sandbox.fetch(new Request("http://localhost:3000/lock")).catch(() => undefined);
  await until(() => linesOf(sandbox, "the lock is held").length > 0, "the lock is held");
  const waiting = sandbox.evaluate('puts "waiting"; Photo.update_all(title: "mine")');
  await until(
    async () => (await sandbox.database.locks()).some(({ waiting }) => waiting.length > 0),
    "the console waits for the lock",
  );

  breakDatabase("out of memory");

  const { error } = await waiting;
  expect(error?.className).toMatch(/^ActiveRecord::/);
  expect(error?.message).toContain("The database has stopped and answers no more.");
  const again = await sandbox.evaluate("Photo.count");
  expect(again.error?.message).toContain("Stop the sandbox and start it again.");
  await expect(sandbox.database.query("primary", "SELECT 1")).rejects.toThrow("out of memory");
  expect(eventsOf(sandbox, "database.stopped").map(({ reason }) => reason)).toEqual([
    "out of memory",
  ]);
  expect(linesOf(sandbox, "The database has stopped: out of memory.")).toHaveLength(1);
});
