/** Terms of the field in a lesson's text: a card on focus and hover, a link to the glossary. */
import { expect, test } from "vitest";
import { openPage } from "./support/site.ts";
import { LESSON } from "./support/workbench.ts";

test("a term shows its meaning, Escape closes the card, and the link leads to it", async () => {
  const { page } = await openPage(LESSON, { viewport: { width: 1440, height: 900 } });
  const term = page.locator("a.term", { hasText: "worker" }).first();
  const card = page.getByRole("tooltip");
  await term.focus();
  await expect.poll(() => card.innerText()).toContain("claims jobs from queues");
  expect(await term.getAttribute("aria-describedby")).toBe(await card.getAttribute("id"));

  await page.keyboard.press("Escape");
  await card.waitFor({ state: "hidden" });
  await term.hover();
  await card.waitFor({ state: "visible" });

  await term.click();
  await page.waitForURL("**/glossary/#worker");
  const section = page.locator("section", { has: page.locator("#worker:target") });
  expect(await section.innerText()).toContain("claims jobs from queues");
});

test("a term is linked once, and never inside code", async () => {
  const { page } = await openPage(LESSON);
  await page.locator("a.term").first().waitFor({ state: "attached" });
  const hrefs = await page.$$eval("a.term", (links) =>
    links.map((link) => link.getAttribute("href")),
  );
  expect(new Set(hrefs).size).toBe(hrefs.length);
  expect(await page.locator(":is(code, pre) a.term").count()).toBe(0);
});
