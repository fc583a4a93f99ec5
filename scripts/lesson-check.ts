/**
 * `npm run lesson:check -- <slug> [--files DIR] [--solution] [--json]`: runs the lesson's check on its
 * starter with DIR (and the solution) laid over it. Exit 0: all pass; 1: some fail; 2: it could not run.
 */
import { parseArgs } from "node:util";
import type { CheckResult } from "../src/sandbox/sandbox.ts";
import { bootSandbox, lessonApp } from "./lib/lesson-app.ts";

const USAGE = "Usage: npm run lesson:check -- <slug> [--files DIR] [--solution] [--json]";

const { values, positionals } = readArguments();
const [slug, ...others] = positionals;

if (slug === undefined || others.length > 0) {
  console.error(USAGE);
  process.exit(2);
}

try {
  const result = await check(slug);
  print(result);
  process.exitCode = result.error !== null ? 2 : result.passed ? 0 : 1;
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  if (values.json) console.log(JSON.stringify({ passed: false, tests: [], error: message }));
  else console.error(message);
  process.exitCode = 2;
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        files: { type: "string" },
        solution: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

async function check(lessonSlug: string): Promise<CheckResult> {
  const { lesson, files } = await lessonApp(lessonSlug, {
    folder: values.files,
    solution: values.solution,
  });
  const sandbox = await bootSandbox(files, []);
  try {
    return await sandbox.check(lesson.check);
  } finally {
    await sandbox.dispose();
  }
}

function print(result: CheckResult): void {
  if (values.json) return console.log(JSON.stringify(result));
  for (const test of result.tests) {
    console.log(`${test.status.padEnd(7)} ${test.name}`);
    for (const line of [test.message, test.hint && `Hint: ${test.hint}`]) {
      if (line) console.log(line.replace(/^/gm, "        "));
    }
  }
  if (result.error) console.error(`${result.error.className}: ${result.error.message}`);
}
