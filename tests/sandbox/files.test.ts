import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox, ruby, untilDrained } from "./support/sandbox.ts";
import { eventsOf, linesOf, rowsOf } from "./support/stream.ts";

const SAYER = (text: string) => `
class SayJob < ApplicationJob
  def perform = puts("job says ${text}")
end
`;
const CONTROLLER = (text: string) => `
class SayController < ApplicationController
  def show = render(plain: "${text}")
end
`;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await bootTestSandbox({
    files: {
      "app/jobs/say_job.rb": SAYER("one"),
      "app/controllers/say_controller.rb": CONTROLLER("one"),
      "config/routes.rb": 'Rails.application.routes.draw { get "say", to: "say#show" }',
    },
    processes: [{ kind: "web" }, { kind: "jobs" }],
  });
});
afterAll(() => sandbox.dispose());

async function page(path: string): Promise<{ status: number; text: string }> {
  const response = await sandbox.fetch(new Request(`http://localhost:3000${path}`));
  return { status: response.status, text: await response.text() };
}

async function perform(): Promise<void> {
  await ruby(sandbox, "SayJob.perform_later; nil");
  await untilDrained(sandbox);
}

test("an edit acts on the next request and the next job", async () => {
  expect((await page("/say")).text).toBe("one");
  await perform();
  sandbox.files.write("app/controllers/say_controller.rb", CONTROLLER("two"));
  sandbox.files.write("app/jobs/say_job.rb", SAYER("two"));
  expect((await page("/say")).text).toBe("two");
  await perform();
  expect(linesOf(sandbox, "job says").map(({ text }) => text)).toEqual([
    "job says one",
    "job says two",
  ]);
  expect(eventsOf(sandbox, "code.reloaded").length).toBeGreaterThan(0);
});

test("new files are found, in new folders too", async () => {
  sandbox.files.write(
    "app/services/greeter.rb",
    "class Greeter\n  def self.greet = 'hello'\nend\n",
  );
  expect(await ruby(sandbox, "Greeter.greet")).toBe('"hello"');
  sandbox.files.write("app/controllers/say_controller.rb", CONTROLLER("#{Greeter.greet}"));
  expect((await page("/say")).text).toBe("hello");
});

test("a deleted file is gone", async () => {
  sandbox.files.write("app/models/short_lived.rb", "class ShortLived; end");
  expect(await ruby(sandbox, "ShortLived.name")).toBe('"ShortLived"');
  sandbox.files.delete("app/models/short_lived.rb");
  expect((await sandbox.evaluate("ShortLived")).error?.className).toBe("NameError");
});

test("routes and views are read again", async () => {
  sandbox.files.write("app/views/say/show.html.erb", "<h1>from a view</h1>");
  sandbox.files.write(
    "app/controllers/say_controller.rb",
    "class SayController < ApplicationController\n  def show; end\nend\n",
  );
  sandbox.files.write(
    "config/routes.rb",
    'Rails.application.routes.draw { root "say#show"; resources :photos; get "moved", to: "say#show" }',
  );
  expect((await page("/moved")).text).toContain("<h1>from a view</h1>");
  expect((await page("/say")).status).toBe(404);
  sandbox.files.write("app/views/say/show.html.erb", "<h1>from an edited view</h1>");
  expect((await page("/moved")).text).toContain("from an edited view");
});

test("a syntax error is Ruby's message with file and line, everywhere, until it is repaired", async () => {
  const broken = "class SayJob < ApplicationJob\n  def perform\n    puts(1\n  end\nend\n";
  await ruby(sandbox, "SayJob.perform_later; nil");
  await untilDrained(sandbox);
  sandbox.files.write("app/jobs/say_job.rb", broken);

  const { error } = await sandbox.evaluate("SayJob");
  expect(error?.className).toBe("SyntaxError");
  expect(error?.location?.path).toBe("app/jobs/say_job.rb");
  expect(error?.location?.line).toBeGreaterThanOrEqual(3);

  sandbox.files.write(
    "app/controllers/say_controller.rb",
    "class SayController < ApplicationController\n  def show = render(plain: SayJob.name)\nend\n",
  );
  const failed = await page("/moved");
  expect(failed.status).toBe(500);
  expect(failed.text).toContain("app/jobs/say_job.rb:");

  sandbox.files.write("app/jobs/say_job.rb", SAYER("repaired"));
  expect((await page("/moved")).text).toBe("SayJob");
  await perform();
  expect(linesOf(sandbox, "job says repaired")).toHaveLength(1);
});

test("a job whose file no longer parses fails with the syntax error; the old code does not run", async () => {
  await ruby(sandbox, "SayJob.set(wait: 1.second).perform_later; nil");
  const before = linesOf(sandbox, "job says").length;
  sandbox.files.write(
    "app/jobs/say_job.rb",
    "class SayJob < ApplicationJob\n  def perform = (\nend\n",
  );
  await sandbox.clock.advance(2_000);
  await untilDrained(sandbox);
  const row = (await rowsOf(sandbox, "SayJob")).at(-1);
  expect(row?.state).toBe("failed");
  expect(row?.error?.className).toBe("SyntaxError");
  expect(row?.error?.message).toContain("app/jobs/say_job.rb:");
  expect(linesOf(sandbox, "job says")).toHaveLength(before);
  sandbox.files.write("app/jobs/say_job.rb", SAYER("again"));
});

test("a file that is no UTF-8 is an error with a name, and nothing is lost", async () => {
  const bytes = Uint8Array.from([
    ...new TextEncoder().encode("class Odd; NAME = '"),
    0xff,
    0xfe,
    0x27,
  ]);
  sandbox.files.write("app/models/odd.rb", bytes);
  const { error } = await sandbox.evaluate("Odd::NAME");
  expect(error?.className).toBe("SyntaxError");
  expect(error?.message).toContain("app/models/odd.rb");
  expect([...sandbox.files.read("app/models/odd.rb")]).toEqual([...bytes]);
  sandbox.files.delete("app/models/odd.rb");
  await perform();
});

test("a file whose name is no constant is an error at every request, until it is mended", async () => {
  const path = "app/models/photo-tag.rb";
  sandbox.files.write("app/controllers/say_controller.rb", CONTROLLER("whole"));
  sandbox.files.write(
    "config/routes.rb",
    'Rails.application.routes.draw { get "say", to: "say#show" }',
  );
  expect(await page("/say")).toEqual({ status: 200, text: "whole" });
  sandbox.files.write(path, "class PhotoTag; end");
  for (let time = 0; time < 2; time += 1) {
    const answer = await page("/say");
    expect(answer.status).toBe(500);
    expect(answer.text).toContain("wrong constant name");
    const { error } = await sandbox.evaluate("SayController");
    expect(error?.message).toContain("wrong constant name");
  }
  sandbox.files.delete(path);
  expect(await page("/say")).toEqual({ status: 200, text: "whole" });
  expect(await ruby(sandbox, "SayController.name")).toBe('"SayController"');
  await perform();
});

test("a path outside the app is refused with a sentence", () => {
  for (const path of ["../secret", "/etc/passwd", "app//x.rb", ""]) {
    expect(() => sandbox.files.write(path, "")).toThrow("is not a path inside the app");
  }
  expect(() => sandbox.files.read("app/nothing.rb")).toThrow("There is no file app/nothing.rb");
});

test("a file cannot be where a folder is, nor below a file, nor be deleted where there is none", () => {
  const before = sandbox.files.list();
  expect(() => sandbox.files.write("app", "")).toThrow("app is a folder of the app");
  expect(() => sandbox.files.write("config/routes.rb/more.rb", "")).toThrow(
    "config/routes.rb is a file, so nothing can lie below it",
  );
  expect(() => sandbox.files.replace({ lib: "", "lib/a.rb": "" })).toThrow("lib is a folder");
  expect(() => sandbox.files.delete("app/nothing.rb")).toThrow("There is no file app/nothing.rb");
  expect(() => sandbox.files.delete("app")).toThrow("There is no file app");
  expect(sandbox.files.list()).toEqual(before);
});

test.each(["config/environments/development.rb", "config/initializers/mine.rb"])(
  "a process that cannot read %s says why it did not start",
  async (path) => {
    const before = sandbox.files.list().includes(path) ? sandbox.files.readText(path) : null;
    sandbox.files.write(
      path,
      "Rails.application.configure do\n  config.nonsense.deeper = 1\nend\n",
    );
    await expect(sandbox.processes.start({ kind: "jobs" })).rejects.toThrow(/NoMethodError/);
    if (before === null) sandbox.files.delete(path);
    else sandbox.files.write(path, before);
    const { pid } = await sandbox.processes.start({ kind: "jobs" });
    sandbox.processes.signal(pid, "KILL");
  },
);
