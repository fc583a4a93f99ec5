/** What a learner downloads, in bytes: as built, so that no run differs from another. */
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseManifest } from "../../src/sandbox/boot-image/manifest.ts";
import { WorkbenchPage } from "./support/workbench.ts";

const BUDGETS = {
  /** The boot image's files, as they are sent: the code with gzip. */
  code: 2_900_000,
  memory: 10_000_000,
  databases: 20_000,
  /** Scripts of a lesson's page before Start, with gzip: ours, and Starlight's search, which it loads when idle. */
  page: 80_000,
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

/** A name that stands in StackBlitz's client and in our host for it, and in nothing else. */
const CLIENT = "WEBCONTAINER_API_IFRAME_URL";

async function holdStackBlitzClient(pathnames: string[]): Promise<boolean> {
  const texts = pathnames.map((pathname) => readFile(path.join("dist", pathname), "utf8"));
  return (await Promise.all(texts)).some((text) => text.includes(CLIENT));
}

async function builtScripts(): Promise<string[]> {
  const names = await readdir("dist/_astro");
  return names.filter((name) => name.endsWith(".js")).map((name) => `_astro/${name}`);
}

describe("a learner downloads no more than", () => {
  test.each(["code", "memory", "databases"] as const)("the budget of the %s", async (file) => {
    const manifest = parseManifest(JSON.parse(await readFile("dist/boot/manifest.json", "utf8")));
    const content = await readFile(path.join("dist/boot", manifest[file].name));
    const { byteLength } = file === "code" ? gzipSync(content) : content;
    expect(byteLength).toBe(manifest[file].bytes);
    expect(byteLength).toBeLessThanOrEqual(BUDGETS[file]);
  });

  test("25 MiB in one file, which is what Cloudflare Pages takes", async () => {
    const files = (await readdir("dist", { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile(),
    );
    const sizes = files.map(async ({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [file, (await stat(file)).size] as const;
    });
    const tooLarge = (await Promise.all(sizes)).filter(([, bytes]) => bytes > 25 * 1024 * 1024);
    expect(files.length).toBeGreaterThan(100);
    expect(tooLarge).toEqual([]);
  });

  test("the budgets of the scripts, before Start and after", async () => {
    const workbench = await WorkbenchPage.open();
    await workbench.region.getByRole("button", { name: "Start", exact: true }).waitFor();
    await workbench.page.waitForLoadState("networkidle");
    const before = await loadedScripts(workbench);
    const page = await gzipBytes(before);
    await workbench.start();
    const after = (await loadedScripts(workbench)).filter((script) => !before.includes(script));
    expect(await holdStackBlitzClient(before)).toBe(false);
    expect(await holdStackBlitzClient(after)).toBe(false); // it is not loaded for the tab
    expect(await holdStackBlitzClient(await builtScripts())).toBe(true);
    const bench = await gzipBytes(after);
    console.log(`Scripts with gzip: ${page} bytes before Start, ${bench} after`);
    expect(page).toBeGreaterThan(0);
    expect(page).toBeLessThanOrEqual(BUDGETS.page);
    expect(bench).toBeLessThanOrEqual(BUDGETS.workbench);
  });
});
