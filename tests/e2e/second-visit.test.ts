/** What was downloaded once is not downloaded again; what the learner broke can be mended. */
import { expect, test } from "vitest";
import { WorkbenchPage } from "./support/workbench.ts";

const workbench = WorkbenchPage.shared(undefined, { returning: false });

const keptFiles = async () => {
  const cache = await caches.open("perform-later-boot");
  return (await cache.keys()).length;
};

/** Which files of the boot image came from the server since the page was loaded. */
const downloaded = () =>
  performance
    .getEntriesByType("resource")
    .filter((entry) => (entry as PerformanceResourceTiming).transferSize > 0)
    .map(({ name }) => new URL(name).pathname)
    .filter((pathname) => pathname.startsWith("/boot/"));

test("the second visit asks only whether the boot image is still the same, and can be cancelled", async () => {
  const { page } = workbench();
  expect(await page.evaluate(downloaded)).toHaveLength(4);
  await expect.poll(() => page.evaluate(keptFiles)).toBe(2);
  await page.reload();
  await workbench().cancelAt("Downloading Ruby and Rails");
  await workbench().cancelAt("Starting the processes");
  await workbench().start();
  // The first was cancelled before it asked, or after.
  expect(new Set(await page.evaluate(downloaded))).toEqual(new Set(["/boot/manifest.json"]));
  expect(workbench().errors).toEqual([]);
});

test("a kept file that is damaged is downloaded again", async () => {
  const { page } = workbench();
  await expect.poll(() => page.evaluate(keptFiles)).toBe(2);
  await page.evaluate(async () => {
    const cache = await caches.open("perform-later-boot");
    for (const request of await cache.keys()) await cache.put(request, new Response("broken"));
  });
  await page.reload();
  await workbench().start();
  expect(workbench().errors).toEqual([]);
});

test("files with which no jobs process starts do not keep the learner out of the editor", async () => {
  const { page } = workbench();
  await workbench().edit("config/recurring.yml", "nightly: every: day");
  await page.reload();
  await workbench().start();
  const notice = page.getByRole("region", { name: "Files that do not start" });
  await notice.getByText(/config\/recurring\.yml, line \d: YAML cannot read this/).waitFor();
  await notice.getByRole("button", { name: /^Show line/ }).click();
  await page.locator('.wb-code[data-path="config/recurring.yml"]').waitFor();
  await page.locator(".view-line", { hasText: "nightly: every: day" }).waitFor();

  await workbench().startJobs();
  await page.locator(".wb-strip").getByText("YAML cannot read this").waitFor();
  const editor = await workbench().show("Editor");
  await editor.getByRole("button", { name: "Reset recurring.yml" }).click();
  await workbench().startJobs();
  await page.locator('[data-process="jobs-3"]').waitFor();
});
