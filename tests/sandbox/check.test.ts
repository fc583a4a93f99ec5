/** What a check tells of code that cannot be read, raises, or never ends. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CheckResult, Sandbox, TestResult } from "../../src/sandbox/sandbox.ts";
import type { FileTree } from "../../src/sandbox/sandbox.ts";
import { bootTestSandbox } from "./support/sandbox.ts";
import { present } from "./support/stream.ts";

const CONTROLLER = "app/controllers/photos_controller.rb";

const HANGING_JOB = `class StuckJob < ApplicationJob
  def perform(how)
    first = 1
    while true; end if how == "while"
    loop { } if how == "loop"
    sleep
  end
end
`;

let sandbox: Sandbox;
let base: FileTree;

beforeAll(async () => {
  sandbox = await bootTestSandbox({ files: { "app/jobs/stuck_job.rb": HANGING_JOB } });
  base = Object.fromEntries(sandbox.files.list().map((path) => [path, sandbox.files.read(path)]));
});
afterAll(() => sandbox.dispose());

/** Runs the tests of a check's body on the app with these files. */
function check(body: string, files: FileTree = {}, signal?: AbortSignal): Promise<CheckResult> {
  sandbox.files.replace({ ...base, ...files });
  return sandbox.check(`class BodyCheck < Sandbox::Check\n${body}\nend`, signal);
}

async function only(body: string, files: FileTree = {}): Promise<TestResult> {
  const { tests, error } = await check(body, files);
  expect(error).toBeNull();
  expect(tests).toHaveLength(1);
  return present(tests[0]);
}

/** The controller with this as the first lines of its action `index`. */
function index(...lines: string[]): FileTree {
  const text = sandbox.files.readText(CONTROLLER);
  return { [CONTROLLER]: text.replace("def index\n", `def index\n${lines.join("\n")}\n`) };
}

function lineOf(files: FileTree, path: string, text: string): number {
  return (files[path] as string).split("\n").findIndex((line) => line.includes(text)) + 1;
}

const ROOT_ANSWERS = 'test("root") { assert_equal 200, get("/").status }';

test("long values that differ are both shown", async () => {
  const { status, message } = await only(
    'test("long") { assert_equal %w[ left ] * 20, %w[ right ] * 20 }',
  );
  expect(status).toBe("failed");
  expect(message).toMatch(/Expected: \["left", .*Actual: \["right", /s);
});

describe("code with an error", () => {
  beforeAll(() => sandbox.files.replace(base));

  test.each([
    ["a job", "app/jobs/broken_job.rb", "class BrokenJob < ApplicationJob\n  def perform(\nend\n"],
    ["a controller", CONTROLLER, "class PhotosController\n  def index\n    if true\n  end\nend\n"],
    ["routes", "config/routes.rb", "Rails.application.routes.draw do\n  root(\nend\n"],
  ])("that Ruby cannot read in %s is the check's own error", async (_, path, source) => {
    const { passed, tests, error } = await check(ROOT_ANSWERS, { [path]: source });
    expect({ passed, tests }).toEqual({ passed: false, tests: [] });
    expect(error?.className).toBe("SyntaxError");
    expect(error?.location?.path).toBe(path);
    expect(error?.message).toContain(`${path}:${error?.location?.line}: `);
    expect(error?.message).not.toContain("/workspace");
  });

  test("that ends the start of the app is the check's own error", async () => {
    const path = "config/initializers/broken.rb";
    const { error } = await check(ROOT_ANSWERS, { [path]: "1 + 1\nno_such_thing\n" });
    expect(error).toMatchObject({ className: "NameError", location: { path, line: 2 } });
    expect(error?.message).toContain("no_such_thing");
  });

  test("in a request is named in the message, with its place", async () => {
    const files = index("    no_such_thing");
    const { status, message, location } = await only(ROOT_ANSWERS, files);
    const line = lineOf(files, CONTROLLER, "no_such_thing");
    expect(status).toBe("failed");
    expect(message).toContain("The request GET / raised NameError: undefined local variable");
    expect(message).toContain(`(${CONTROLLER}:${line})`);
    expect(location).toEqual({ path: CONTROLLER, line });
  });

  test("in a class body, a template and a job is named too", async () => {
    const body = await only(ROOT_ANSWERS, {
      "app/models/photo.rb": "class Photo < ApplicationRecord\n  validats :title\nend\n",
    });
    expect(body.message).toContain("validats");
    expect(body.location).toEqual({ path: "app/models/photo.rb", line: 2 });

    const template = await only(ROOT_ANSWERS, {
      "app/views/photos/index.html.erb": "<p>\n<%= no_such_thing %>\n</p>\n",
    });
    expect(template.message).toContain("no_such_thing");
    expect(template.location).toEqual({ path: "app/views/photos/index.html.erb", line: 2 });

    const job = await only(
      'test("job") { OddJob.perform_later; drain_jobs; assert_equal "finished", jobs.last.state }',
      {
        "app/jobs/odd_job.rb":
          "class OddJob < ApplicationJob\n  def perform = no_such_thing\nend\n",
      },
    );
    expect(job.message).toContain("The job OddJob raised NameError");
    expect(job.location).toEqual({ path: "app/jobs/odd_job.rb", line: 2 });
  });

  test("that the test did not stumble over is not named", async () => {
    const { status, message } = await only('test("fine") { get("/none"); assert true }');
    expect({ status, message }).toEqual({ status: "passed", message: null });
  });
});

describe("code that never ends", () => {
  beforeAll(() => sandbox.files.replace(base));
  const AFTER = 'test("after") { assert_equal 404, get("/none").status }';

  test.each([["loop { }"], ["while true; end"], ["sleep"], ["loop { Photo.count }"]])(
    "%s in a request: the test says where, and the next one runs",
    async (code) => {
      const files = index("    found = 1", `    ${code}`);
      const { tests, error } = await check(
        `test("endless", limit: 2) { get "/" }\n${AFTER}`,
        files,
      );
      const line = lineOf(files, CONTROLLER, code);
      expect(error).toBeNull();
      expect(tests[0]).toEqual({
        name: "endless",
        status: "error",
        hint: null,
        location: { path: CONTROLLER, line },
        message:
          `Stopped after 2 seconds: the web process was still busy at ${CONTROLLER}:${line}. ` +
          "Is there a loop or a wait that never ends?",
      });
      expect(tests[1]).toMatchObject({ name: "after", status: "passed" });
    },
  );

  test.each(["while", "loop", "sleep"])("%s in a job that is waited for", async (how) => {
    const line = lineOf({ job: HANGING_JOB }, "job", how);
    const { status, message, location } = await only(
      `test("endless", limit: 4) { StuckJob.perform_later("${how}"); drain_jobs }`,
    );
    expect(status).toBe("error");
    expect(message).toContain(`the jobs process was still busy at app/jobs/stuck_job.rb:${line}.`);
    expect(location).toEqual({ path: "app/jobs/stuck_job.rb", line });
  });

  test("in a job: a wait that has its own end says where too", async () => {
    const { status, message } = await only(
      'test("endless") { StuckJob.perform_later("loop"); drain_jobs timeout: 2 }',
    );
    expect(status).toBe("failed");
    expect(message).toContain(
      "Waited 2 seconds in vain. The process jobs-1 is at app/jobs/stuck_job.rb:5.",
    );
  });

  test("in the test's own process, and the next test runs in a new one", async () => {
    const { tests } = await check(
      `test("endless", limit: 2) { StuckJob.perform_now("while") }\n${AFTER}`,
    );
    expect(tests[0]).toMatchObject({
      status: "error",
      location: { path: "app/jobs/stuck_job.rb", line: 4 },
    });
    expect(tests[1]?.status).toBe("passed");
  });

  test("can be aborted at any moment", async () => {
    const bodies = ['test("endless") { loop { } }', 'test("endless") { get "/" }'];
    for (const body of bodies) {
      for (const delay of [0, 300, 1500]) {
        const reason = new Error("enough");
        const controller = new AbortController();
        const result = check(body, index("    loop { }"), controller.signal);
        setTimeout(() => controller.abort(reason), delay);
        await expect(result).rejects.toBe(reason);
      }
    }
    const late = check(ROOT_ANSWERS, {}, AbortSignal.abort(new Error("before")));
    await expect(late).rejects.toThrow("before");
  });
});
