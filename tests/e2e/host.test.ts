/**
 * Choosing where the sandbox runs, in Chromium: nothing of StackBlitz's before the learner's choice, then the
 * same workbench on a stand-in for its service, a terminal, and the tab where the service misbehaves. One page, whose
 * tests follow each other as a learner's tries do.
 */
import type { Locator } from "playwright";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { serveStatic } from "../../scripts/lib/static-server.ts";
import { FrameService } from "./container-service/service.ts";
import { expectNoFindings } from "./support/axe.ts";
import { keepFailure, newPage } from "./support/site.ts";
import { terminalShows, typeInTerminal } from "./support/terminal.ts";
import { DESKTOP, LESSON, WorkbenchPage } from "./support/workbench.ts";

/** Stands in StackBlitz's client and in our host for it, and in nothing else. */
const CLIENT = "WEBCONTAINER_API_IFRAME_URL";
const FILE = "app/models/photo.rb";
const EDITS = { version: 1, files: { [FILE]: "# the learner's own line\n" } };
const BOOT_MS = 200_000;

let service: FrameService;
let workbench: WorkbenchPage;
/** The addresses of the scripts that the page asks for; its own list of them stops with its clock. */
const scripts = new Set<string>();

beforeAll(async () => {
  service = await FrameService.start();
  workbench = new WorkbenchPage(await newPage("/404", DESKTOP));
  const { page, errors } = workbench;
  await page.addInitScript((origin) => {
    Object.assign(globalThis, { WEBCONTAINER_API_IFRAME_URL: origin });
  }, service.origin);
  await page.evaluate(([key, edits]) => localStorage.setItem(key, edits), [
    "perform-later:edits:process-photos-later",
    JSON.stringify(EDITS),
  ] as const);
  errors.length = 0;
  await page.clock.install();
  page.on("request", (request) => {
    if (request.url().endsWith(".js")) scripts.add(request.url());
  });
  await page.goto(new URL(LESSON, page.url()).href);
});
afterEach(({ task }) => keepFailure(workbench.page, task));
afterAll(async () => {
  await workbench?.page.context().close();
  await service?.stop();
});

const frames = () =>
  service.requests.filter((request) => request === "GET /headless iframe").length;

/** Whether any script is, or holds, StackBlitz's client. */
async function holdsClient(): Promise<boolean> {
  const texts = await workbench.page.evaluate(
    (list) => Promise.all(list.map(async (name) => (await fetch(name)).text())),
    [...scripts],
  );
  expect(texts.length).toBeGreaterThan(0);
  return texts.some((text) => text.includes(CLIENT));
}

const button = (name: string): Locator =>
  workbench.region.getByRole("button", { name, exact: true });

/** Starts on the container, and expects the tab to be started instead, for this reason. */
async function expectTabInstead(reason: string): Promise<void> {
  const alert = workbench.region.getByText("So it starts in this tab instead.");
  await alert.waitFor({ timeout: BOOT_MS });
  expect(await alert.innerText()).toContain(reason);
}

/** What the workbench says of it once the tab runs. */
async function noticeOfTab(): Promise<Locator> {
  const notice = workbench.page.getByRole("region", { name: "Where the sandbox runs" });
  await notice.waitFor({ timeout: BOOT_MS });
  return notice;
}

async function untilContainerStarts(): Promise<void> {
  const step = workbench.page.locator('.wb-steps [aria-current="step"]');
  await step.filter({ hasText: "Starting StackBlitz's container" }).waitFor({ timeout: BOOT_MS });
}

async function expectFile(text: string): Promise<void> {
  await workbench.openFile(FILE);
  const line = workbench.page.locator(`.wb-code[data-path="${FILE}"] .view-line`).first();
  await expect.poll(async () => (await line.innerText()).replaceAll("\u00a0", " ")).toContain(text);
}

test("nothing of StackBlitz's is loaded before the learner's choice and Start", async () => {
  const { page } = workbench;
  const dialog = page.getByRole("dialog", { name: "Where the sandbox runs" });
  await button("Change where it runs").click();
  await expectNoFindings(page);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await button("Change where it runs").click();
  await page.getByRole("radio", { name: "StackBlitz WebContainer" }).check();
  await dialog.getByText("commercial use in production needs a licence").waitFor();
  await page.getByRole("button", { name: "Use the WebContainer" }).click();
  expect(await holdsClient()).toBe(false);
  expect(service.requests).toEqual([]);
});

test("the tab stands in for a container that comes late, which is torn down", async () => {
  const { page } = workbench;
  const hello = Promise.withResolvers<void>();
  service.faults = { hello: hello.promise };
  await button("Start").click();
  await expect.poll(frames, { timeout: BOOT_MS }).toBe(1);
  expect(await holdsClient()).toBe(true);
  await page.clock.fastForward(31_000);
  const said = await (await noticeOfTab()).innerText();
  expect(said).toContain("did not start within 30 seconds. So everything runs in this tab");
  expect(said).toContain("Another try needs the page to be loaded again");
  await expectFile("the learner's own line");
  await expectNoFindings(page);

  hello.resolve();
  await expect.poll(() => service.builds).toBe(1);
  await expect.poll(() => service.instances.size).toBe(0);
});

test("then another try needs no other page; the tab is there at once for one that refuses or dies", async () => {
  service.faults = { refuses: "too many sessions" };
  await (await noticeOfTab()).getByRole("button", { name: "Reload and try again" }).click();
  await expectTabInstead("refused to start (too many sessions).");
  await button("Cancel").click();

  service.faults = { dies: true };
  await button("Start").click();
  await expectTabInstead("was lost: its Node process ended with status 137.");
  await button("Cancel").click();
  await expect.poll(() => service.instances.size).toBe(0);
});

test("a container that comes has the files, and a shell", async () => {
  const { page } = workbench;
  service.faults = {};
  workbench.errors.length = 0;
  await workbench.start(BOOT_MS);
  expect(await page.getByRole("region", { name: "Where the sandbox runs" }).count()).toBe(0);
  expect(frames()).toBe(1);
  expect(service.instances.size).toBe(1);

  const panel = await workbench.show("Console");
  await panel.getByLabel("Language of the prompt").selectOption("shell");
  await terminalShows(page, /\$/);
  await typeInTerminal(page, `cat ${FILE}`, /the learner's own line/);
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
  expect(workbench.errors).toEqual([]);
});

test("one that hangs is noticed; where its frame goes too, the tab has what was typed", async () => {
  const { page } = workbench;
  await workbench.edit(FILE, "# typed in the container\n");
  service.freezeProcesses();
  const gone = page.getByRole("region", { name: "The sandbox is gone" });
  const noticed = async () => {
    await page.clock.fastForward(10_000);
    return gone.count();
  };
  await expect.poll(noticed, { timeout: 60_000 }).toBe(1);
  expect(await gone.innerText()).toContain("does not answer any more");
  // The client waits for its last container's end, and the frame took the answer along.
  await page.locator('iframe[src*="/headless"]').evaluate((frame) => frame.remove());
  await gone.getByRole("button", { name: "Start it again" }).click();
  await untilContainerStarts();
  await page.clock.fastForward(31_000);
  expect(await (await noticeOfTab()).innerText()).toContain("did not start within 30 seconds");
  await expectFile("typed in the container");
  await page.reload();
  await page.getByText("Runs in: StackBlitz WebContainer").waitFor();
});

/** The lesson's page with this policy among its headers; Start is for the container. */
async function openWith(policy: Record<string, string>): Promise<void> {
  const { page } = workbench;
  const server = await serveStatic("dist", 0, { headers: policy });
  onTestFinished(() => server.close());
  await page.goto(`${server.url}/404`);
  await page.evaluate(() => localStorage.setItem("perform-later:host", "webcontainer"));
  await page.goto(server.url + LESSON);
}

test("a policy that blocks its frames is told at once", async () => {
  await openWith({ "Content-Security-Policy": "frame-src 'self'" });
  await button("Start").click();
  await expectTabInstead("The Content-Security-Policy of this page blocks frames of");
  await button("Cancel").click();
});

test("a policy that only reports them is no block, nor one that blocks the question for the service", async () => {
  const { page } = workbench;
  service.faults = { hello: "never" };
  await openWith({
    "Content-Security-Policy": "connect-src 'self'",
    "Content-Security-Policy-Report-Only": "frame-src 'self'",
  });
  const seen = await page.evaluateHandle(() => {
    const directives = new Set<string>();
    addEventListener("securitypolicyviolation", ({ effectiveDirective, disposition }) =>
      directives.add(`${disposition} ${effectiveDirective}`),
    );
    return directives;
  });
  const before = frames();
  await button("Start").click();
  await expect.poll(frames, { timeout: BOOT_MS }).toBe(before + 1);
  const directives = () => seen.evaluate((found) => [...found].toSorted());
  await expect.poll(directives).toEqual(["enforce connect-src", "report frame-src"]);
  await page.clock.fastForward(6_000);
  await page.clock.fastForward(25_000);
  await expectTabInstead("did not start within 30 seconds.");
});
