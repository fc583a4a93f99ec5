/** What a run of Vitest gave, for the summary of `npm test`; Vitest loads this file as a reporter. */
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Reporter, TestCase, TestModule } from "vitest/node";

export interface Outcome {
  passed: number;
  /** A line each: file, name, and the first line of what went wrong. */
  failures: string[];
  secondTries: string[];
}

/** Writes an `Outcome` as JSON to the file that TEST_REPORT names. */
export default class TestReport implements Reporter {
  private readonly outcome: Outcome = { passed: 0, failures: [], secondTries: [] };

  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    const name = `${test.module.relativeModuleId} > ${test.fullName}`;
    if (state === "passed") this.outcome.passed += 1;
    if (state === "failed") this.outcome.failures.push(`${name}: ${firstLine(errors)}`);
    if (state === "passed" && test.diagnostic()?.flaky) this.outcome.secondTries.push(name);
  }

  /** A file or a group can fail without a test of it: an import, or a hook. */
  onTestModuleEnd(module: TestModule): void {
    const groups = [module, ...module.children.allSuites()];
    for (const group of groups.filter((each) => each.errors().length > 0))
      this.outcome.failures.push(`${module.relativeModuleId}: ${firstLine(group.errors())}`);
  }

  onTestRunEnd(_modules: unknown, errors: readonly { message: string }[]): void {
    for (const error of errors) this.outcome.failures.push(firstLine([error]));
    const file = process.env["TEST_REPORT"];
    if (file !== undefined) writeFileSync(file, JSON.stringify(this.outcome));
  }
}

function firstLine(errors: readonly { message: string }[] = []): string {
  return errors[0]?.message.split("\n", 1)[0] ?? "no message";
}

/** @param name of the suite, for the one failure that stands for a report that is not there */
export async function readReport(file: string, name: string): Promise<Outcome> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return { passed: 0, failures: [`${name}: no report`], secondTries: [] };
  return JSON.parse(text) as Outcome;
}
