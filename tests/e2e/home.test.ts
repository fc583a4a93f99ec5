/** The home page's race, run for real in the visitor's tab. */
import { expect, test } from "vitest";
import type { Page } from "playwright";
import { expectNoFindings } from "./support/axe.ts";
import { openPage } from "./support/site.ts";
import { DESKTOP } from "./support/workbench.ts";

/** A boot, and two requests of a second and a bit. */
const RACE = { timeout: 120_000 };

const picture = (page: Page) => page.locator("race-figure svg:visible");
/** The accessible name of the picture that is shown. */
const told = (page: Page) => picture(page).locator("title").textContent();
const button = (page: Page, name: string) =>
  page.locator("race-figure").getByRole("button", { name, exact: true });
const loaded = (page: Page) =>
  page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));

test("a visitor runs the race in the tab, after a missing isolation, a cancelled start and by keyboard", async () => {
  const { page, errors } = await openPage("/", { ...DESKTOP, returning: true });
  const figure = page.locator("race-figure");
  const status = figure.getByRole("status");
  const caption = figure.locator("figcaption");
  expect(await status.textContent()).toMatch(/Downloads \d+ MB, which your browser keeps/);

  // Nothing of the engine is there before it is asked for.
  expect((await loaded(page)).filter((name) => /\/boot\/|wasm|preact|sandbox/.test(name))).toEqual(
    [],
  );

  const isolated = (value: boolean) =>
    page.evaluate((is) => {
      Object.defineProperty(globalThis, "crossOriginIsolated", { value: is, configurable: true });
    }, value);
  await isolated(false);
  await button(page, "Run it here").click();
  expect(await status.textContent()).toContain("not cross-origin isolated");
  await isolated(true);

  await button(page, "Run it here").click();
  await button(page, "Cancel").click();
  await button(page, "Run it here").waitFor();
  expect(await status.textContent()).toContain("Starts a Rails app in this tab");
  expect(await caption.textContent()).toContain("two recorded runs");
  expect(await told(page)).toContain("Two runs that were recorded");

  await button(page, "Run it here").focus();
  await page.keyboard.press("Enter");
  await button(page, "Cancel").waitFor();
  await expectNoFindings(page, "race-figure");
  await figure.getByText("just now").first().waitFor(RACE);
  expect(await caption.textContent()).toBe("One line apart: two runs in your browser, just now");
  await button(page, "Run again").waitFor();

  const name = (await told(page)) ?? "";
  expect(name).toContain("Two runs in your browser, just now.");
  expect(name).toContain((await status.textContent()) ?? "nothing");
  // On a machine that is busy with something else, the worker may come to its job after COMMIT: then that is said.
  expect(name).toMatch(
    /With after_create the job (started [\d,]+ ms before COMMIT, found no photo and failed|.+ finished)\./,
  );
  expect(name).toMatch(
    /With after_create_commit the job started [\d,]+ ms after COMMIT and finished\.$/,
  );
  const marks = picture(page).locator(".wb-state-icon");
  const failed = name.includes("found no photo");
  expect(await marks.first().getAttribute("class")).toContain(failed ? "failed" : "finished");
  expect(await marks.last().getAttribute("class")).toContain("finished");
  await expectNoFindings(page, "race-figure");

  // The sandbox is gone, and with it its workers.
  await expect.poll(() => page.workers().length).toBe(0);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await told(page)).toBe(name);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(errors).toEqual([]);
});
