import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright";
import { expect } from "vitest";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starlight's search button shows its shortcut, which its name leaves out. */
const KNOWN = ['label-content-name-mismatch: button[data-open-modal=""]'];

/** Expects that axe finds nothing, given a moment: code blocks get their tabindex when idle. */
export async function expectNoFindings(on: Page): Promise<void> {
  await on.evaluate(AXE);
  await expect.poll(() => findings(on), { timeout: 60_000, interval: 500 }).toEqual([]);
}

/** Runs axe; each finding as one line, so that a failure can be read. */
async function findings(on: Page): Promise<string[]> {
  const results = await on.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    return axe.run({ runOnly: tags, iframes: false });
  });
  const found = results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}`),
  );
  return found.filter((finding) => !KNOWN.includes(finding));
}
