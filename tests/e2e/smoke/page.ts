/** The smoke page: runs the steps as soon as it is loaded and reports in `globalThis.smoke`. */
import { decodeTree } from "../../../src/course/encode.ts";
import { createBrowserSandbox } from "../../../src/sandbox/local/browser.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import type { SmokeReport } from "./report.ts";
import { runSteps } from "./steps.ts";

const report: SmokeReport = {
  isolated: crossOriginIsolated,
  step: "load",
  facts: null,
  errors: [],
};
Object.assign(globalThis, { smoke: report });

addEventListener("error", (event) => report.errors.push(event.message));
addEventListener("unhandledrejection", (event) => report.errors.push(String(event.reason)));

async function run(): Promise<void> {
  const sandbox = createBrowserSandbox();
  try {
    const response = await fetch("base-app.json");
    const baseApp = decodeTree(await response.json());
    report.facts = await runSteps(sandbox, baseApp, (step) => (report.step = step));
  } catch (error) {
    report.errors.push(`${String(error)}\n${(error as Error).stack ?? ""}`, ...lastWords(sandbox));
  }
}

function lastWords(sandbox: Sandbox): string[] {
  return sandbox.logs
    .history()
    .slice(-30)
    .map((line) => `${line.process}: ${line.text}`);
}

void run();
