/** What a run of Vitest gave, for the summary of `npm test`; Vitest loads this file as a reporter. */
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Reporter, TestCase, TestModule } from "vitest/node";

export interface Report {
  /** By the file's path in the repository. */
  files: Record<string, FileReport>;
  /** What failed outside any file. */
  failures: string[];
}

export interface FileReport {
  passed: number;
  failures: Failure[];
}

export interface Failure {
  /** The test's full name; "file" when it is the file, or a group of tests, that failed. */
  test: string;
  /** The first line of what went wrong. */
  error: string;
}

/** Writes a `Report` as JSON to the file that TEST_REPORT names. */
export default class TestReport implements Reporter {
  private readonly report: Report = { files: {}, failures: [] };

  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    const file = this.file(test.module);
    if (state === "passed") file.passed += 1;
    if (state === "failed") file.failures.push({ test: test.fullName, error: firstLine(errors) });
  }

  /** A file or a group can fail without a test of it: an import, or a hook. */
  onTestModuleEnd(module: TestModule): void {
    const groups = [module, ...module.children.allSuites()];
    for (const group of groups.filter((each) => each.errors().length > 0))
      this.file(module).failures.push({ test: "file", error: firstLine(group.errors()) });
  }

  onTestRunEnd(_modules: unknown, errors: readonly { message: string }[]): void {
    for (const error of errors) this.report.failures.push(firstLine([error]));
    const file = process.env["TEST_REPORT"];
    if (file !== undefined) writeFileSync(file, JSON.stringify(this.report));
  }

  private file(module: TestModule): FileReport {
    return (this.report.files[module.relativeModuleId] ??= { passed: 0, failures: [] });
  }
}

function firstLine(errors: readonly { message: string }[] = []): string {
  return errors[0]?.message.split("\n", 1)[0] ?? "no message";
}

/** @param name of the suite, for the one failure that stands for a report that is not there */
export async function readReport(file: string, name: string): Promise<Report> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return { files: {}, failures: [`${name}: no report`] };
  return JSON.parse(text) as Report;
}

export function failedFiles(report: Report): string[] {
  return Object.entries(report.files)
    .filter(([, { failures }]) => failures.length > 0)
    .map(([path]) => path);
}

/** A suite's outcome, as `npm test` counts it. */
export interface Outcome {
  passed: number;
  /** A line each: file, name, and the first line of what went wrong. */
  failures: string[];
  /** What failed first and passed when its file ran again; lines as above. */
  secondTries: string[];
}

/** @param second the run of the files that had failed in the first, if there were any */
export function outcomeOf(first: Report, second?: Report): Outcome {
  const last = { ...first.files, ...second?.files };
  return {
    passed: Object.values(last).reduce((sum, { passed }) => sum + passed, 0),
    failures: [...linesOf(last), ...(second ?? first).failures],
    secondTries: second ? linesOf(first.files, second.files) : [],
  };
}

/** @param but tests that failed there as well are left out */
function linesOf(files: Report["files"], but: Report["files"] = {}): string[] {
  return Object.entries(files).flatMap(([path, { failures }]) =>
    failures
      .filter(({ test }) => !but[path]?.failures.some((failure) => failure.test === test))
      .map(({ test, error }) => `${path} > ${test}: ${error}`),
  );
}
