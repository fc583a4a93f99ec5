/**
 * `npm test`: everything, one stage after the other, even after a failure. The last line counts
 * the tests of all suites; a stage without tests of its own (lint, build) counts as one.
 */
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "./lib/run.ts";

interface Count {
  passed: number;
  failed: number;
}

interface Stage {
  name: string;
  run(): Promise<Count>;
}

function command(name: string, program: string, args: string[]): Stage {
  return {
    name,
    run: async () =>
      (await run(program, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
  };
}

function suite(project: string): Stage {
  return {
    name: `${project} tests`,
    async run() {
      if (!(await hasTests(project))) return { passed: 0, failed: 0 };
      const folder = await mkdtemp(path.join(tmpdir(), "perform-later-"));
      const report = path.join(folder, "report.json");
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      const code = await run("vitest", ["run", "--project", project, ...reporters]);
      const count = await readReport(report);
      await rm(folder, { recursive: true });
      // A run that died without a failing test (a setup that threw) has failed all the same.
      return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
    },
  };
}

async function hasTests(project: string): Promise<boolean> {
  const files = await readdir(`tests/${project}`, { recursive: true }).catch(() => []);
  return files.some((file) => /\.test\.tsx?$/.test(file));
}

async function readReport(file: string): Promise<Count> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return { passed: 0, failed: 1 };
  const report = JSON.parse(text) as { numPassedTests: number; numFailedTests: number };
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

const stages: Stage[] = [
  command("boot image", "node", ["scripts/boot-image.ts", "--small"]),
  command("lint", "npm", ["run", "--silent", "lint"]),
  command("spelling", "npm", ["run", "--silent", "spell"]),
  command("format", "npm", ["run", "--silent", "format:check"]),
  command("types", "npm", ["run", "--silent", "typecheck"]),
  suite("unit"),
  suite("sandbox"),
  command("build", "astro", ["build"]),
  suite("e2e"),
];

const total: Count = { passed: 0, failed: 0 };
const failed: string[] = [];
for (const stage of stages) {
  const startedAt = Date.now();
  console.log(`\n== ${stage.name}`);
  const count = await stage.run();
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`== ${stage.name}: ${count.failed === 0 ? "ok" : "FAILED"}, ${seconds} s`);
  total.passed += count.passed;
  total.failed += count.failed;
  if (count.failed > 0) failed.push(stage.name);
}

if (failed.length > 0) console.log(`\nFailed: ${failed.join(", ")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
