/**
 * `npm test`: everything, one stage after the other, even after a failure. The last line counts
 * the tests of all suites; a stage without tests of its own (lint, build) counts as one. Before it
 * stand the tests that failed, and those that passed on their second try.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "./lib/run.ts";
import {
  failedFiles,
  outcomeOf,
  readReport,
  type Outcome,
  type Report,
} from "./lib/test-report.ts";

interface Stage {
  name: string;
  run(): Promise<Outcome>;
}

function command(name: string, program: string, args: string[]): Stage {
  return {
    name,
    run: async () =>
      (await run(program, args)) === 0
        ? { passed: 1, failures: [], secondTries: [] }
        : { passed: 0, failures: [name], secondTries: [] },
  };
}

/**
 * A test on real processes may lose against a machine that is busy. So a file that failed runs once more, alone and
 * from its start, since its tests share a sandbox that the failed one may have left in disorder; this is told.
 */
function suite(project: string, { secondTry = false } = {}): Stage {
  const name = `${project} tests`;
  return {
    name,
    async run() {
      if (!(await hasTests(project))) return outcomeOf({ files: {}, failures: [] });
      const first = await vitest(project, name);
      const again = failedFiles(first);
      if (!secondTry || again.length === 0 || first.failures.length > 0) return outcomeOf(first);
      console.log(`\n== ${name}: once more ${again.join(", ")}`);
      return outcomeOf(first, await vitest(project, name, again));
    },
  };
}

async function vitest(project: string, name: string, files: string[] = []): Promise<Report> {
  const folder = await mkdtemp(path.join(tmpdir(), "perform-later-"));
  const file = path.join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=./scripts/lib/test-report.ts"];
  const options = ["run", "--project", project, ...reporters, ...files];
  // Each process of a sandbox is a thread that loads the same TypeScript: Node keeps what it made of it.
  const env = { TEST_REPORT: file, NODE_COMPILE_CACHE: "node_modules/.cache/node" };
  const code = await run("vitest", options, { env });
  const report = await readReport(file, name);
  await rm(folder, { recursive: true });
  // A run that died without a failing test (a setup that threw) has failed all the same.
  if (code !== 0 && report.failures.length === 0 && failedFiles(report).length === 0)
    report.failures.push(`${name}: ended with code ${code}`);
  return report;
}

async function hasTests(project: string): Promise<boolean> {
  const files = await readdir(`tests/${project}`, { recursive: true }).catch(() => []);
  return files.some((file) => /\.test\.tsx?$/.test(file));
}

const stages: Stage[] = [
  command("boot image", "node", ["scripts/boot-image.ts"]),
  command("lint", "npm", ["run", "--silent", "lint"]),
  command("spelling", "npm", ["run", "--silent", "spell"]),
  command("format", "npm", ["run", "--silent", "format:check"]),
  command("types", "npm", ["run", "--silent", "typecheck"]),
  suite("unit"),
  suite("sandbox", { secondTry: true }),
  command("build", "node", ["scripts/build.ts"]),
  suite("e2e", { secondTry: true }),
];

const total: Outcome = { passed: 0, failures: [], secondTries: [] };
for (const stage of stages) {
  const startedAt = Date.now();
  console.log(`\n== ${stage.name}`);
  const { passed, failures, secondTries } = await stage.run();
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`== ${stage.name}: ${failures.length === 0 ? "ok" : "FAILED"}, ${seconds} s`);
  total.passed += passed;
  total.failures.push(...failures);
  total.secondTries.push(...secondTries);
}

list("Passed on the second try", total.secondTries);
list("Failed", total.failures);
console.log(`\n${total.passed} passed, ${total.failures.length} failed`);
process.exit(total.failures.length === 0 ? 0 : 1);

function list(title: string, lines: string[]): void {
  if (lines.length > 0) console.log(`\n${title}:\n${lines.map((line) => `  ${line}\n`).join("")}`);
}
