/** What was downloaded once is not downloaded again. */
import { expect, test } from "vitest";
import { WorkbenchPage } from "./support/workbench.ts";

const keptFiles = async () => {
  const cache = await caches.open("perform-later-boot");
  return (await cache.keys()).length;
};

test("the second visit asks only whether the boot image is still the same, and can be cancelled", async () => {
  const workbench = await WorkbenchPage.started();
  const { page } = workbench;
  await expect.poll(() => page.evaluate(keptFiles)).toBe(3);

  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/boot/")) asked.push(pathname);
  });
  await page.reload();
  await workbench.cancelAt("Downloading Ruby and Rails");
  await workbench.cancelAt("Starting the processes");
  await workbench.start();
  // The first was cancelled before it asked, or after.
  expect(new Set(asked)).toEqual(new Set(["/boot/manifest.json"]));
  expect(workbench.errors).toEqual([]);
});

test("a kept file that is damaged is downloaded again", async () => {
  const workbench = await WorkbenchPage.started();
  const { page } = workbench;
  await expect.poll(() => page.evaluate(keptFiles)).toBe(3);
  await page.evaluate(async () => {
    const cache = await caches.open("perform-later-boot");
    for (const request of await cache.keys()) await cache.put(request, new Response("broken"));
  });
  await page.reload();
  await workbench.start();
  expect(workbench.errors).toEqual([]);
});
