/** The terminal on the container's shell, as a learner uses it. */
import type { Page } from "playwright";
import { expect } from "vitest";

/** Types a line at the terminal's prompt and waits for what it prints. */
export async function typeInTerminal(page: Page, line: string, expected: RegExp): Promise<void> {
  await page.locator(".wb-terminal textarea").focus();
  await page.keyboard.type(`${line}\n`);
  await terminalShows(page, expected);
}

export async function terminalShows(page: Page, expected: RegExp): Promise<void> {
  const rows = page.locator(".wb-terminal .xterm-rows");
  const text = async () => (await rows.innerText()).replaceAll("\u00a0", " ");
  await expect.poll(text, { timeout: 60_000 }).toMatch(expected);
}
