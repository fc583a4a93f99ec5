import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright";
import { expect } from "vitest";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starlight's search button shows its shortcut, which its name leaves out. */
const KNOWN = ['label-content-name-mismatch: button[data-open-modal=""]'];

/**
 * Expects that axe finds nothing, given a moment: code blocks get their tabindex when idle.
 * @param within a selector, where the rest of the page has been looked at already
 */
export async function expectNoFindings(on: Page, within = "html"): Promise<void> {
  await on.evaluate(AXE);
  // A slow machine takes seconds for a look; the poll ends as soon as nothing is found.
  await expect.poll(() => findings(on, within), { timeout: 60_000, interval: 500 }).toEqual([]);
}

/** Runs axe; each finding as one line, so that a failure can be read. */
async function findings(on: Page, within: string): Promise<string[]> {
  const results = await on.evaluate(async (selector) => {
    const { axe } = globalThis as unknown as {
      axe: { run(within: string, options: object): Promise<AxeResults> };
    };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    return axe.run(selector, { runOnly: tags, iframes: false });
  }, within);
  const found = results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}`),
  );
  return found.filter((finding) => !KNOWN.includes(finding));
}
