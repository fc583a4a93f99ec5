/**
 * Choosing where the sandbox runs, in Chromium: nothing of StackBlitz's before the learner's choice, then the
 * same workbench on a stand-in for its service, a terminal, and the tab where the service does not come.
 */
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FrameService } from "./container-service/service.ts";
import { expectNoFindings } from "./support/axe.ts";
import { openPage } from "./support/site.ts";
import { LESSON, WorkbenchPage } from "./support/workbench.ts";

/** Stands in StackBlitz's client and in our host for it, and in nothing else. */
const CLIENT = "WEBCONTAINER_API_IFRAME_URL";
const EDITS = { version: 1, files: { "app/models/photo.rb": "# the learner's own line\n" } };
const LIMIT_MS = 400_000;

let service: FrameService;
beforeAll(async () => {
  service = await FrameService.start();
});
afterAll(() => service?.stop());

const frames = () =>
  service.requests.filter((request) => request === "GET /headless iframe").length;

/** A lesson's page whose StackBlitz client will meet the stand-in. */
async function openOnStandIn(): Promise<WorkbenchPage> {
  service.requests.length = 0;
  const opened = await openPage("/404", { viewport: { width: 1440, height: 900 } });
  await opened.page.addInitScript((origin) => {
    Object.assign(globalThis, { WEBCONTAINER_API_IFRAME_URL: origin });
  }, service.origin);
  await opened.page.evaluate(([key, edits]) => localStorage.setItem(key, edits), [
    "perform-later:edits:process-photos-later",
    JSON.stringify(EDITS),
  ] as const);
  opened.errors.length = 0;
  await opened.page.goto(new URL(LESSON, opened.page.url()).href);
  return new WorkbenchPage(opened);
}

/** The addresses of the scripts that a page asks for from now on; its own list of them stops with its clock. */
function scriptsOf(page: Page): Set<string> {
  const names = new Set<string>();
  page.on("request", (request) => {
    if (request.url().endsWith(".js")) names.add(request.url());
  });
  return names;
}

/** Whether any of these scripts is, or holds, StackBlitz's client. */
async function holdClient(page: Page, names: Set<string>): Promise<boolean> {
  const scripts = await page.evaluate(
    (list) => Promise.all(list.map(async (name) => (await fetch(name)).text())),
    [...names],
  );
  expect(scripts.length).toBeGreaterThan(0);
  return scripts.some((script) => script.includes(CLIENT));
}

async function chooseWebContainer({ page }: WorkbenchPage): Promise<void> {
  await page.getByRole("button", { name: "Change where it runs" }).click();
  await page.getByRole("dialog", { name: "Where the sandbox runs" }).waitFor();
  await page.getByRole("radio", { name: "StackBlitz WebContainer" }).check();
  await page.getByRole("button", { name: "Use the WebContainer" }).click();
}

/** Types a line at the terminal's prompt and waits for what it prints. */
async function typeInTerminal(page: Page, line: string, expected: RegExp): Promise<void> {
  await page.locator(".wb-terminal textarea").focus();
  await page.keyboard.type(`${line}\n`);
  await terminalShows(page, expected);
}

async function terminalShows(page: Page, expected: RegExp): Promise<void> {
  const rows = page.locator(".wb-terminal .xterm-rows");
  const text = async () => (await rows.innerText()).replaceAll("\u00a0", " ");
  await expect.poll(text, { timeout: 60_000 }).toMatch(expected);
}

test(
  "the tab stands in while the service never answers; once it does, there is a shell",
  async () => {
    const workbench = await openOnStandIn();
    const { page } = workbench;
    await page.clock.install();
    const scripts = scriptsOf(page);
    await page.reload();
    await page.getByRole("button", { name: "Change where it runs" }).click();
    await expectNoFindings(page);
    await page.getByRole("dialog").getByRole("button", { name: "Keep it" }).click();
    await chooseWebContainer(workbench);
    // Nothing of StackBlitz's until Start, which is the learner's word for it.
    expect(await holdClient(page, scripts)).toBe(false);
    expect(service.requests).toEqual([]);

    service.faults = { hello: "never" };
    await workbench.region.getByRole("button", { name: "Start", exact: true }).click();
    await expect.poll(frames, { timeout: 60_000 }).toBe(1);
    expect(await holdClient(page, scripts)).toBe(true);
    await page.clock.fastForward(31_000);
    const notice = page.getByRole("region", { name: "Where the sandbox runs" });
    await notice.waitFor({ timeout: 120_000 });
    const said = await notice.innerText();
    expect(said).toContain("did not start within 30 seconds. So everything runs in this tab");
    expect(said).toContain("Another try needs the page to be loaded again");
    await workbench.openFile("app/models/photo.rb");
    const line = page.locator('.wb-code[data-path="app/models/photo.rb"] .view-line').first();
    await expect.poll(() => line.innerText()).toContain("own");
    await expectNoFindings(page);

    service.faults = {};
    await notice.getByRole("button", { name: "Reload and try again" }).click();
    await page.getByText("Runs in: StackBlitz WebContainer").waitFor();
    await workbench.start(200_000);
    expect(await notice.count()).toBe(0);
    await useShell(workbench);
    expect(workbench.errors).toEqual([]);
  },
  LIMIT_MS,
);

async function useShell(workbench: WorkbenchPage): Promise<void> {
  const { page } = workbench;
  const panel = await workbench.show("Console");
  await panel.getByLabel("Language of the prompt").selectOption("shell");
  await terminalShows(page, /\$/);
  await typeInTerminal(page, "cat app/models/photo.rb", /the learner's own line/);
  await typeInTerminal(page, "bin/rails runner 'puts 6 * 7000'", /42000/);
  await typeInTerminal(page, "bin/jobs", /jobs-2 runs, pid \d+/);
  const jobs = page.locator('.wb-strip [data-process="jobs-2"]');
  await jobs.waitFor();
  const pid = await jobs.locator(".wb-pid").innerText();
  await typeInTerminal(page, `bin/kill -9 ${pid}`, /kill -9/);
  await jobs.waitFor({ state: "detached" });
  await expectNoFindings(page);
  // Nobody is held in the terminal.
  await page.locator(".wb-terminal textarea").focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  const inside = () => document.activeElement?.closest(".wb-terminal") !== null;
  expect(await page.evaluate(inside)).toBe(false);
}
