/** The text and the workbench's sheet on a phone. */
import { expect, test } from "vitest";
import { openPage } from "./support/site.ts";

test("a step stays where the reader pressed it, keeps the focus, and is not left behind the sheet", async () => {
  const { page } = await openPage("/lessons/one-database-or-two/", {
    viewport: { width: 390, height: 844 },
    returning: true,
  });
  const step = page.locator("#step-separate-off .wb-step");
  const top = () => step.evaluate((element) => element.getBoundingClientRect().top);
  await step.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const before = await top();
  await step.getByRole("button").click();
  await page.locator(".workbench[data-sheet] .wb-bench").waitFor({ timeout: 60_000 });
  expect(Math.abs((await top()) - before)).toBeLessThan(2);

  await step.locator(".wb-readings").waitFor({ timeout: 60_000 });
  const sheetTop = () =>
    page.locator(".workbench").evaluate((element) => element.getBoundingClientRect().top);
  await expect
    .poll(async () => {
      const bottom = await step.evaluate((element) => element.getBoundingClientRect().bottom);
      return bottom <= (await sheetTop());
    })
    .toBe(true);
  const focused = () =>
    step.getByRole("button").evaluate((button) => button === document.activeElement);
  expect(await focused()).toBe(true);
});
