/**
 * A browser's profile that has been on the site: the boot image and compiled code are kept, no code or progress of a
 * learner is. A start from there costs a third of a first one. Each page gets a copy of its own.
 */
import { cp, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type BrowserContext, type BrowserContextOptions } from "playwright";
import { CHROMIUM_FLAGS } from "../../../scripts/lib/chromium.ts";

const LESSON = "/lessons/process-photos-later/";

export const removeProfile = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5 });

function launch(
  profile: string,
  executablePath: string,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath,
    args: CHROMIUM_FLAGS,
    ...options,
  });
}

const emptyFolder = () => mkdtemp(path.join(tmpdir(), "perform-later-profile-"));

/** Visits the site for the first time, until its compiled code is kept. Returns the profile's folder. */
export async function makeVisitedProfile(executablePath: string, siteUrl: string): Promise<string> {
  const profile = await emptyFolder();
  const context = await launch(profile, executablePath, {});
  const page = await context.newPage();
  await page.goto(siteUrl + LESSON);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator(".wb-bench").waitFor({ timeout: 120_000 });
  await page.getByRole("button", { name: "Check my answer" }).click();
  await page.getByText("Not yet:").first().waitFor({ timeout: 120_000 });
  await compiledCodeIsKept(profile);
  const devtools = await context.newCDPSession(page);
  await page.goto(`${siteUrl}/404`);
  await devtools.send("Storage.clearDataForOrigin", {
    origin: siteUrl,
    storageTypes: "cookies,indexeddb,local_storage",
  });
  await context.close();
  return profile;
}

/** Chromium keeps compiled code in parts, as it is optimized. That it keeps less only costs time. */
async function compiledCodeIsKept(profile: string): Promise<void> {
  const folder = path.join(profile, "Default", "Code Cache", "wasm");
  for (let seconds = 0; seconds < 30; seconds += 1) {
    const files = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const sizes = files
      .filter((file) => file.isFile())
      .map(async ({ name }) => (await stat(path.join(folder, name)).catch(() => null))?.size ?? 0);
    if ((await Promise.all(sizes)).some((bytes) => bytes > 2_000_000)) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

/** A browser with a copy of that profile, which is deleted when the browser is closed. */
export async function openVisited(
  profile: string,
  executablePath: string,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  const copy = await emptyFolder();
  await cp(profile, copy, { recursive: true, filter: (file) => !file.includes("Singleton") });
  const context = await launch(copy, executablePath, options);
  context.on("close", () => void removeProfile(copy));
  return context;
}
