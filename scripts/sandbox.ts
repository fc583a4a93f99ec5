/**
 * `npm run sandbox -- --lesson <slug> [--files DIR] [--jobs N] [--json] eval '<ruby>'`:
 * boots the lesson's app under Node and evaluates a line in its console.
 */
import { parseArgs } from "node:util";
import type { Evaluation } from "../src/sandbox/sandbox.ts";
import { bootSandbox, lessonApp } from "./lib/lesson-app.ts";

const USAGE =
  "Usage: npm run sandbox -- --lesson <slug> [--files DIR] [--jobs N] [--json] eval '<ruby>'";

const { values, positionals } = readArguments();
const [command, code, ...others] = positionals;
const jobs = Number(values.jobs.trim() || NaN);

if (
  values.lesson === undefined ||
  command !== "eval" ||
  code === undefined ||
  others.length > 0 ||
  !Number.isInteger(jobs) ||
  jobs < 0
) {
  console.error(USAGE);
  process.exit(2);
}

try {
  const evaluation = await evaluate(values.lesson, code);
  print(evaluation);
  process.exitCode = evaluation.error === null ? 0 : 1;
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  if (values.json) print(couldNotRun(message));
  else console.error(message);
  process.exitCode = 2;
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        lesson: { type: "string" },
        files: { type: "string" },
        jobs: { type: "string", default: "0" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

async function evaluate(slug: string, ruby: string): Promise<Evaluation> {
  const { files } = await lessonApp(slug, { folder: values.files });
  const workers = Array.from({ length: jobs }, () => ({ kind: "jobs" as const }));
  const sandbox = await bootSandbox(files, [{ kind: "web" }, ...workers]);
  try {
    return await sandbox.evaluate(ruby);
  } finally {
    await sandbox.dispose();
  }
}

function couldNotRun(message: string): Evaluation {
  const error = { className: "SandboxError", message, backtrace: [], location: null };
  return { output: "", result: null, error };
}

function print(evaluation: Evaluation): void {
  if (values.json) return console.log(JSON.stringify(evaluation));
  if (evaluation.output !== "") process.stdout.write(evaluation.output.replace(/\n?$/, "\n"));
  if (evaluation.error === null) return console.log(`=> ${evaluation.result}`);
  const { className, message, backtrace } = evaluation.error;
  console.error(
    [`${className}: ${message}`, ...backtrace.map((frame) => `    ${frame}`)].join("\n"),
  );
}
