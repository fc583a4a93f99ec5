/** What of the configuration acts when, as a learner edits it in a running sandbox. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, until } from "./support/sandbox.ts";
import { alive, linesOf, rowsOf } from "./support/stream.ts";

const FILES = {
  "app/jobs/tick_job.rb": "class TickJob < ApplicationJob\n  def perform = nil\nend\n",
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: FILES });
});
afterAll(() => sandbox.dispose());

async function restartAll(): Promise<void> {
  const before = [
    ...alive(sandbox, "web"),
    ...alive(sandbox, "jobs"),
    ...alive(sandbox, "console"),
  ];
  for (const { pid } of before) sandbox.processes.signal(pid, "TERM");
  await Promise.all(before.map(({ pid }) => sandbox.processes.wait(pid)));
  await sandbox.processes.start({ kind: "web" });
}

function edit(path: string, from: string | RegExp, to: string): void {
  sandbox.files.write(path, sandbox.files.readText(path).replace(from, to));
}

test("the defaults are those that the lessons name", async () => {
  const seconds = `[ SolidQueue.process_heartbeat_interval, SolidQueue.process_alive_threshold,
    SolidQueue.shutdown_timeout ].map(&:to_i)`;
  expect(await ruby(sandbox, seconds)).toBe("[60, 300, 5]");
  expect(await ruby(sandbox, "ActiveJob::Base.retry_jitter")).toBe("0.15");
});

test("config/environments/development.rb acts after a restart", async () => {
  const path = "config/environments/development.rb";
  edit(
    path,
    /\nend\s*$/,
    `
  config.log_level = :debug
  config.time_zone = "Tokyo"
  config.consider_all_requests_local = false
  config.action_mailer.default_url_options = { host: "example.com" }
  config.active_record.belongs_to_required_by_default = false
  config.solid_queue.process_alive_threshold = 10.seconds
  config.to_prepare { TickJob.retry_jitter = 0.5 }
end
`,
  );
  expect(linesOf(sandbox, path).at(-1)?.text).toContain("It is read when a process starts");
  await restartAll();
  const code = `[ Rails.logger.level, Time.zone.name, ActionMailer::Base.default_url_options[:host],
    ActiveRecord::Base.belongs_to_required_by_default, SolidQueue.process_alive_threshold.to_i,
    TickJob.retry_jitter ]`;
  expect(await ruby(sandbox, code)).toBe('[0, "Tokyo", "example.com", false, 10, 0.5]');
  const missing = await sandbox.fetch(new Request("http://localhost:3000/no-such-page"));
  expect(await missing.text()).not.toContain("Routing Error");
});

test("config/initializers act after a restart", async () => {
  sandbox.files.write("config/initializers/motto.rb", 'MOTTO = "later"');
  sandbox.files.write(
    "config/initializers/jobs.rb",
    `Rails.application.config.to_prepare { TickJob.priority = 7 }
Rails.application.config.active_job.log_arguments = false
Rails.application.config.action_mailer.deliver_later_queue_name = :mails`,
  );
  await restartAll();
  const code = `[ MOTTO, TickJob.new.priority, ActiveJob::Base.log_arguments,
    ActionMailer::Base.deliver_later_queue_name ]`;
  expect(await ruby(sandbox, code)).toBe('["later", 7, false, :mails]');
  sandbox.files.write("app/jobs/tick_job.rb", `${FILES["app/jobs/tick_job.rb"]}# changed\n`);
  expect(await ruby(sandbox, "TickJob.new.priority")).toBe("7");
});

test("config/routes.rb acts at the next request", async () => {
  edit("config/routes.rb", "root ", 'get "ping", to: ->(_) { [ 200, {}, [ "pong" ] ] }\n  root ');
  const answer = await sandbox.fetch(new Request("http://localhost:3000/ping"));
  expect(await answer.text()).toBe("pong");
});

test("config/queue.yml and config/recurring.yml act in the next jobs process", async () => {
  edit("config/queue.yml", "threads: 3", "threads: 2");
  sandbox.files.write(
    "config/recurring.yml",
    "development:\n  tick:\n    class: TickJob\n    schedule: every minute\n",
  );
  await sandbox.processes.start({ kind: "jobs" });
  const worker = (await sandbox.queue.processes()).find(({ kind }) => kind === "Worker");
  expect(worker?.metadata).toMatchObject({ thread_pool_size: 2 });
  await sandbox.clock.advance(61_000);
  await until(async () => (await rowsOf(sandbox, "TickJob")).length > 0, "the task is enqueued");
});

test("config/application.rb acts after a restart, and what the environment sets goes before it", async () => {
  edit(
    "config/application.rb",
    "config.load_defaults 8.0",
    `config.load_defaults 8.0
    config.time_zone = "Berlin"
    config.active_job.default_queue_name = "elsewhere"
    config.x.motto = "mine"`,
  );
  await restartAll();
  const code = "[ Time.zone.name, TickJob.new.queue_name, Rails.configuration.x.motto ]";
  expect(await ruby(sandbox, "ActionMailer::Base.delivery_job")).toBe(
    "ActionMailer::MailDeliveryJob",
  );
  // Tokyo: config/environments/development.rb was written above.
  expect(await ruby(sandbox, code)).toBe('["Tokyo", "elsewhere", "mine"]');
  edit("config/environments/development.rb", /^.*config\.time_zone.*\n/m, "");
  await restartAll();
  expect(await ruby(sandbox, code)).toBe('["Berlin", "elsewhere", "mine"]');
});

test("config/environment.rb does not act, and the log says so at once and at each start", async () => {
  const path = "config/environment.rb";
  edit(path, /$/, "\n$stdout.sync = true\n");
  expect(linesOf(sandbox, path).map(({ process, text }) => [process, text])).toEqual([
    [
      "sandbox",
      "config/environment.rb was changed, but it is part of the sandbox and is not read again. " +
        "Put settings into config/environments/development.rb or a file in config/initializers.",
    ],
  ]);
  await restartAll();
  expect(linesOf(sandbox, path).at(-1)).toMatchObject({ process: "web", stream: "stderr" });
});
