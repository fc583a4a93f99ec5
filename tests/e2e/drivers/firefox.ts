/** Firefox through WebDriver BiDi, which puppeteer-core speaks. */
import { existsSync } from "node:fs";
import puppeteer from "puppeteer-core";
import type { BrowserKind } from "./driver.ts";

const PLACES = ["/usr/bin/firefox-esr", "/usr/bin/firefox"];

const program = () => process.env["FIREFOX_PATH"] ?? PLACES.find((place) => existsSync(place));

export const firefoxKind: BrowserKind = {
  name: "Firefox",
  missing: () => (program() ? null : "There is no Firefox here (Debian: firefox-esr)."),
  async start() {
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: program(),
      headless: true,
    });
    const page = await browser.newPage();
    return {
      open: async (url) => void (await page.goto(url)),
      read: (expression) => page.evaluate(expression),
      close: () => browser.close(),
    };
  },
};
