/** The commands that authors and contributors use. */
import { execFile } from "node:child_process";
import { mkdtemp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LESSON = "process-photos-later";

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

function run(script: string, ...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [`scripts/${script}.ts`, ...args],
      { cwd: ROOT },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        resolve({ code, stdout, stderr });
      },
    );
  });
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "perform-later-cli-"));
  await mkdir(join(folder, "app/models"), { recursive: true });
  await writeFile(
    join(folder, "app/models/greeting.rb"),
    "class Greeting\n  TEXT = 'hello'\nend\n",
  );
});
afterAll(() => rm(folder, { recursive: true }));

test("sandbox eval prints what the code printed, and its value", async () => {
  const { code, stdout } = await run("sandbox", "--lesson", LESSON, "eval", "puts 1 + 1; [:a]");
  expect(code).toBe(0);
  expect(stdout).toBe("2\n=> [:a]\n");
});

test("sandbox eval sees the files laid over the lesson, and answers JSON", async () => {
  const args = ["--lesson", LESSON, "--files", folder, "--json", "eval", "Greeting::TEXT"];
  const { code, stdout } = await run("sandbox", ...args);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ output: "", result: '"hello"', error: null });
});

test("sandbox eval ends with 1 and the error when the code raises", async () => {
  const { code, stderr } = await run("sandbox", "--lesson", LESSON, "eval", "Integer('x')");
  expect(code).toBe(1);
  expect(stderr).toContain('ArgumentError: invalid value for Integer(): "x"');
});

test("sandbox --jobs starts workers that perform", async () => {
  const ruby = `
    photo = Photo.create!(title: "Sea", sample: true)
    PhotoProcessingJob.perform_later(photo.id) rescue PhotoProcessingJob.perform_later(photo)
    sleep 0.05 until SolidQueue::Job.last.status.in?(%i[ finished failed ])
    SolidQueue::Process.where(kind: "Worker").count`;
  const { code, stdout } = await run(
    "sandbox",
    "--lesson",
    LESSON,
    "--jobs",
    "2",
    "--json",
    "eval",
    ruby,
  );
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { result: string }).result).toBe("2");
});

test.each([
  ["sandbox", ["--lesson", LESSON, "--nope", "eval", "1"]],
  ["sandbox", ["--lesson", LESSON, "--jobs", "two", "eval", "1"]],
  ["sandbox", ["--lesson", LESSON, "--jobs", "", "eval", "1"]],
  ["sandbox", ["--lesson", LESSON, "eval", "1", "2"]],
  ["lesson-check", [LESSON, "--nope"]],
  ["lesson-check", [LESSON, "another"]],
  ["lesson-check", []],
])("%s %j says how it is used and ends with 2", async (script, args) => {
  const { code, stdout, stderr } = await run(script, ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("Usage: npm run ");
  expect(stderr).not.toContain("node:internal");
});

test.each([
  ["there is no such lesson", ["--lesson", "no-such-lesson"], "There is no lesson"],
  ["there are no files", ["--lesson", LESSON, "--files", "/no/such/folder"], "There are no files"],
])("sandbox answers JSON also where it could not run: %s", async (_, args, sentence) => {
  const { code, stdout } = await run("sandbox", ...args, "--json", "eval", "1");
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    output: "",
    result: null,
    error: { message: expect.stringContaining(sentence) as string },
  });
});

test("sandbox without a lesson says how it is used and ends with 2", async () => {
  const { code, stderr } = await run("sandbox", "eval", "1");
  expect(code).toBe(2);
  expect(stderr).toContain("Usage:");
});

test("lesson:check ends with 1 on the starter and 0 on the solution", async () => {
  const starter = await run("lesson-check", LESSON, "--json");
  expect(starter.code).toBe(1);
  const result = JSON.parse(starter.stdout) as {
    passed: boolean;
    tests: Record<string, unknown>[];
  };
  expect(result.passed).toBe(false);
  expect(result.tests[0]).toMatchObject({
    name: expect.any(String) as string,
    status: "failed",
    message: expect.any(String) as string,
    hint: expect.any(String) as string,
  });
  const solution = await run("lesson-check", LESSON, "--solution");
  expect(solution.code).toBe(0);
});

test("lesson:check lays files over the starter: an answer passes, code that Ruby cannot read ends with 2", async () => {
  const answer = (await readdir(`${ROOT}lessons`)).find((name) => name.endsWith(`-${LESSON}`));
  const right = await run(
    "lesson-check",
    LESSON,
    "--files",
    `lessons/${answer}/solution`,
    "--json",
  );
  expect(right.code).toBe(0);
  expect((JSON.parse(right.stdout) as { passed: boolean }).passed).toBe(true);

  await mkdir(join(folder, "app/jobs"), { recursive: true });
  await writeFile(join(folder, "app/jobs/photo_processing_job.rb"), "class PhotoProcessingJob\n");
  const broken = await run("lesson-check", LESSON, "--files", folder);
  expect(broken.code).toBe(2);
  expect(broken.stderr).toMatch(/SyntaxError: .*app\/jobs\/photo_processing_job\.rb:\d/s);
});

test("lesson:check ends with 2 for a lesson that does not exist", async () => {
  const { code, stderr } = await run("lesson-check", "no-such-lesson");
  expect(code).toBe(2);
  expect(stderr).toContain("There is no lesson");
});
