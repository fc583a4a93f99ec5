/** `npm run lesson:new` makes a lesson that has its shape and passes its own tests. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { shapeComplaints } from "../../src/course/node/lesson-shape.ts";
import { loadLesson } from "../../src/course/node/load-lesson.ts";
import { proveLesson } from "./support/lesson-proof.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

const lessons = await mkdtemp(path.join(tmpdir(), "perform-later-lesson-"));
afterAll(() => rm(lessons, { recursive: true }));
const places = { lessons, baseApp: `${ROOT}src/sandbox/base-app` };

function create(...args: string[]) {
  const script = `${ROOT}scripts/lesson-new.ts`;
  return run(process.execPath, [script, ...args, "--into", lessons], { cwd: ROOT });
}

const { stdout, stderr } = await create("retry-a-job");
const lesson = await loadLesson("retry-a-job", places);
const text = await readFile(path.join(lessons, "01-retry-a-job/index.mdx"), "utf8");

proveLesson(lesson, text);

test("it says where the new lesson is", () => {
  expect(stdout.trim()).toBe(path.join(lessons, "01-retry-a-job"));
});

test("it says what comes next, apart from where the lesson is", () => {
  expect(stderr).toContain("npm run lesson:check -- retry-a-job --solution");
});

test("the new lesson has its shape, its title and its check's name", async () => {
  expect(await shapeComplaints("01-retry-a-job", places)).toEqual([]);
  expect(text).toContain('title: "Retry a job"');
  expect(lesson.check).toContain("class RetryAJobCheck");
});

test("a second lesson comes after it; a slug that is taken or is none is refused", async () => {
  expect((await create("another")).stdout).toContain("02-another");
  await expect(create("another")).rejects.toThrow(/There is a lesson "another" already/);
  await expect(create("Not a slug")).rejects.toThrow(/is no slug/);
});
