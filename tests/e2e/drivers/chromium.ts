/** Chromium through Playwright. */
import { chromium } from "playwright";
import { inject } from "vitest";
import { CHROMIUM_FLAGS } from "../../../scripts/lib/chromium.ts";
import type { BrowserKind } from "./driver.ts";

export const chromiumKind: BrowserKind = {
  name: "Chromium",
  missing: () => null,
  async start() {
    const browser = await chromium.launch({
      executablePath: inject("chromium"),
      args: CHROMIUM_FLAGS,
    });
    const page = await browser.newPage();
    return {
      open: async (url) => void (await page.goto(url)),
      read: (expression) => page.evaluate(expression),
      close: () => browser.close(),
    };
  },
};
