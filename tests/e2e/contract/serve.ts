/** The contract's page, on its way to a browser. */
import path from "node:path";
import type { Page } from "playwright";
import type { Plugin } from "vite";
import type { StaticServer } from "../../../scripts/lib/static-server.ts";
import { servePage } from "../support/serve-page.ts";
import type { ContractReport } from "./page.ts";

const HARNESS = path.join(import.meta.dirname, "harness.ts");

/** In the page the tests are run by our harness, with Vitest's `expect`. */
const harness: Plugin = {
  name: "contract-harness",
  enforce: "pre",
  resolveId: (source, importer) =>
    source === "vitest" && importer !== HARNESS ? HARNESS : undefined,
};

export function serveContract(): Promise<StaticServer> {
  return servePage(import.meta.dirname, [harness]);
}

/** What the page has to say once it is done. */
export async function contractReport(page: Page, timeoutMs: number): Promise<ContractReport> {
  const script = () => (globalThis as unknown as { contract?: ContractReport }).contract;
  await page.waitForFunction(
    () => (globalThis as unknown as { contract?: ContractReport }).contract?.done,
    undefined,
    { timeout: timeoutMs },
  );
  return (await page.evaluate(script)) as ContractReport;
}
