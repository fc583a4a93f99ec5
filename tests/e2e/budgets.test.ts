/** What a learner downloads, in bytes: as built, so that no run differs from another. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseManifest } from "../../src/sandbox/boot-image/manifest.ts";
import { WorkbenchPage } from "./support/workbench.ts";

const BUDGETS = {
  /** The boot image's files, as they are sent. */
  code: 2_250_000,
  memory: 13_000_000,
  databases: 20_000,
  /** Scripts of a lesson's page before Start, with gzip. */
  page: 120_000,
  /** Scripts of the workbench and the engine after Start, with gzip; most of it is the editor. */
  workbench: 2_000_000,
};

const loadedScripts = (workbench: WorkbenchPage) =>
  workbench.page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => new URL(name).pathname)
      .filter((pathname) => pathname.endsWith(".js")),
  );

async function gzipBytes(pathnames: string[]): Promise<number> {
  const sizes = [...new Set(pathnames)].map(async (pathname) => {
    return gzipSync(await readFile(path.join("dist", pathname))).byteLength;
  });
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}

describe("a learner downloads no more than", () => {
  test.each(["code", "memory", "databases"] as const)("the budget of the %s", async (file) => {
    const manifest = parseManifest(JSON.parse(await readFile("dist/boot/manifest.json", "utf8")));
    const { byteLength } = await readFile(path.join("dist/boot", manifest[file].name));
    expect(byteLength).toBe(manifest[file].bytes);
    expect(byteLength).toBeLessThanOrEqual(BUDGETS[file]);
  });

  test("the budgets of the scripts, before Start and after", async () => {
    const workbench = await WorkbenchPage.open();
    const before = await loadedScripts(workbench);
    const page = await gzipBytes(before);
    await workbench.start();
    const after = (await loadedScripts(workbench)).filter((script) => !before.includes(script));
    const bench = await gzipBytes(after);
    console.log(`Scripts with gzip: ${page} bytes before Start, ${bench} after`);
    expect(page).toBeGreaterThan(0);
    expect(page).toBeLessThanOrEqual(BUDGETS.page);
    expect(bench).toBeLessThanOrEqual(BUDGETS.workbench);
  });
});
