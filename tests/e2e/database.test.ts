/** What a learner sees of the databases, and finds again after a reload. */
import type { Locator } from "playwright";
import { describe, expect, test } from "vitest";
import { WorkbenchPage } from "./support/workbench.ts";

const workbench = WorkbenchPage.shared();

async function openPhotos() {
  const panel = await workbench().show("Database");
  await panel
    .getByRole("navigation", { name: "Tables" })
    .getByRole("button", { name: /^photos/ })
    .click();
  return panel;
}

/** Height of what is in sight of a list, in rows, without its head. */
async function rowsOf(list: Locator, row: number, head = 0): Promise<number> {
  return (await list.evaluate((element) => element.clientHeight)) / row - head;
}

describe("the Database panel", () => {
  test("has room for four rows beside all other regions on a laptop, as the Jobs panel has", async () => {
    const jobs = await workbench().show("Jobs");
    expect(await rowsOf(jobs.locator(".wb-job-lines"), 44)).toBeGreaterThanOrEqual(3.9);
    const panel = await openPhotos();
    expect(await rowsOf(panel.locator(".wb-db-scroll"), 28, 1)).toBeGreaterThanOrEqual(4);
    await panel.getByRole("button", { name: "SQL", exact: true }).click();
    await panel.getByLabel("One statement of SQL").fill("SELECT 1 AS one");
    await panel.getByRole("button", { name: "Run" }).click();
    const result = panel.getByRole("region", { name: "Result" });
    await result.waitFor();
    expect(await rowsOf(result, 28, 1)).toBeGreaterThanOrEqual(4);
    await panel.getByRole("button", { name: "Rows", exact: true }).click();
  });

  test("shows rows as they change, runs SQL, and goes back in time", async () => {
    await workbench().applySolution();
    await workbench().upload("First");
    await workbench().jobIs("finished");
    const panel = await openPhotos();
    const grid = panel.getByRole("table", { name: /^Rows of photos/ });
    await grid.getByRole("cell", { name: "First" }).waitFor();
    await grid.locator("img.wb-db-thumb").first().waitFor();

    await panel.getByRole("button", { name: "SQL", exact: true }).click();
    const sql = panel.getByLabel("One statement of SQL");
    const run = panel.getByRole("button", { name: "Run" });
    await panel.getByRole("combobox", { name: /^Database/ }).selectOption("primary");
    await sql.fill("UPDATE photos SET title = 'Second'");
    await run.click();
    await panel.getByRole("alert").getByText("Here a statement may only read").waitFor();
    await panel.getByLabel(/Let statements write/).check();
    await run.click();
    await panel.getByText("0 rows returned, 1 row changed.").waitFor();

    await panel.getByRole("button", { name: "Rows", exact: true }).click();
    const changed = grid.getByRole("row").filter({ hasText: "Second" });
    await changed.waitFor();
    expect(await changed.getAttribute("data-changed")).not.toBeNull();
    await panel.getByRole("button", { name: "Earlier change" }).click();
    await grid.getByRole("cell", { name: "First" }).waitFor();
    await panel.getByText(/Tables as of \d\d:\d\d:\d\d\.\d{3}/).waitFor();
    await panel.getByRole("button", { name: "Back to now" }).click();
    await changed.waitFor();
    await panel.getByLabel("Value to look for").fill("nowhere");
    await panel.getByText("0 rows", { exact: true }).waitFor();
    expect(workbench().errors).toEqual([]);
  });

  test("finds rows, jobs and pictures again after a reload, until the learner wants fresh ones", async () => {
    await workbench().upload("Kept");
    await workbench().jobIs("finished");
    const { page } = workbench();
    const finishedAt = await page.evaluate(() => Date.now());
    await page.getByRole("button", { name: "+1 min" }).click();
    await expect.poll(() => page.evaluate(keptAt), { timeout: 30_000 }).toBeGreaterThan(finishedAt);
    await page.reload();
    await workbench().region.getByRole("button", { name: "Start", exact: true }).click();
    await page.locator(".wb-bench").waitFor({ timeout: 60_000 });
    await page.getByText(/The databases are as you left them at/).waitFor();
    await workbench().jobIs("finished");
    const panel = await openPhotos();
    await panel.getByRole("cell", { name: "Kept" }).waitFor();
    await workbench().show("App");
    await workbench().app.getByRole("link", { name: "Kept" }).first().click();
    expect(await workbench().pictureSize("Thumbnail")).toEqual([320, 240]);

    await openPhotos();
    await panel.getByRole("button", { name: "Start with fresh databases" }).click();
    await panel.getByRole("button", { name: "Delete them and start again" }).click();
    await page.locator(".wb-bench").waitFor({ state: "detached" });
    await page.locator(".wb-bench").waitFor({ timeout: 60_000 });
    const fresh = await openPhotos();
    await fresh.getByText("There are no rows.").waitFor();
  });
});

/** When the databases were kept last: ms since the Unix epoch; 0 for never. */
async function keptAt(): Promise<number> {
  const opening = indexedDB.open("perform-later");
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error("IndexedDB could not be opened"));
  });
  const reading = database.transaction("snapshots").objectStore("snapshots").getAll();
  const kept = await new Promise<{ keptAt: number }[]>((resolve) => {
    reading.onsuccess = () => resolve(reading.result as { keptAt: number }[]);
  });
  database.close();
  return kept[0]?.keptAt ?? 0;
}
