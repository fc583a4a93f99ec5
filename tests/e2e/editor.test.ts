/** The editor, the palette, shared links, the zip and the playground, on the built site. */
import { unzipSync } from "fflate";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright";
import { describe, expect, test } from "vitest";
import { expectNoFindings } from "./support/axe.ts";
import { openPage, siteUrl } from "./support/site.ts";
import { DESKTOP, LESSON, WorkbenchPage } from "./support/workbench.ts";

const JOB = "app/jobs/photo_processing_job.rb";
const CONTROLLER = "app/controllers/photos_controller.rb";
const MODEL = "app/models/photo.rb";

const row = (page: Page, path: string) => page.locator(`[role="treeitem"][data-path="${path}"]`);
const line = (page: Page, text: string) => page.locator(".view-line", { hasText: text }).first();

describe("the editor and its neighbours", () => {
  const workbench = WorkbenchPage.shared();

  test("files are made, renamed, deleted and had back, by keyboard", async () => {
    const { page } = workbench();
    const editor = await workbench().show("Editor");
    await workbench().openFile(MODEL);
    await row(page, MODEL).focus();

    await editor.getByRole("button", { name: "New file" }).click();
    const path = editor.getByLabel("Path of the new file");
    await path.fill("../out.rb");
    await path.press("Enter");
    await editor.getByText("is not a name for a file here").waitFor();
    await path.fill("app/models/album.rb");
    await path.press("Enter");
    await page.locator('.wb-code[data-path="app/models/album.rb"]').waitFor();
    expect(await row(page, "app/models/album.rb").getAttribute("data-status")).toBe("A");

    await row(page, "app/models/album.rb").focus();
    await page.keyboard.press("F2");
    await editor.getByLabel("New path of app/models/album.rb").fill("app/models/series.rb");
    await page.keyboard.press("Enter");
    await row(page, "app/models/series.rb").waitFor();

    await row(page, MODEL).focus();
    await page.keyboard.press("Delete");
    await expect.poll(() => row(page, MODEL).getAttribute("data-status")).toBe("D");
    await editor.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => row(page, MODEL).getAttribute("data-status")).toBeNull();

    await row(page, "app").focus();
    await page.keyboard.press("ArrowLeft");
    expect(await row(page, "app").getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("ArrowRight");
    expect(await row(page, "app").getAttribute("aria-expanded")).toBe("true");
    expect(workbench().errors).toEqual([]);
  });

  test("a syntax error is said in a sentence that leads to its line", async () => {
    await workbench().edit(JOB, "class PhotoProcessingJob\n  def perform\n    1\nend\n");
    const status = workbench().page.locator(".wb-syntax");
    await expect.poll(() => status.innerText(), { timeout: 15_000 }).toMatch(/Line \d: expected/);
    await workbench().edit(JOB, "class PhotoProcessingJob\nend\n");
    await expect.poll(() => status.innerText(), { timeout: 15_000 }).toBe("No syntax errors");
  });

  test("the solution is seen beside the learner's file, used after a question, and taken back", async () => {
    const { page } = workbench();
    await workbench().edit(CONTROLLER, "# mine\n");
    const editor = await workbench().show("Editor");
    await editor.getByRole("button", { name: "Solution" }).click();
    await page.locator(".monaco-diff-editor .view-line").first().waitFor();
    await expectNoFindings(page);
    await editor.getByRole("button", { name: "Use the solution" }).click();
    await editor.getByRole("button", { name: "Replace" }).click();
    await line(page, "class PhotosController").waitFor();
    await editor.getByRole("button", { name: "Undo" }).click();
    await line(page, "# mine").waitFor();
  });

  test("Escape, then Tab, leaves the code", async () => {
    const { page } = workbench();
    await page.locator(".wb-code .view-lines").click();
    await page.keyboard.press("Escape");
    await page.getByText("Tab leaves the editor now.").waitFor();
    await page.keyboard.press("Tab");
    const inside = () => page.evaluate(() => document.activeElement?.closest(".monaco-editor"));
    await expect.poll(inside).toBeNull();
  });

  test("the palette finds panels, files and actions; letters alone do nothing while typing", async () => {
    const { page } = workbench();
    await page.locator(".wb-code .view-lines").click();
    await page.keyboard.type("?g");
    expect(await page.getByRole("dialog").count()).toBe(0);

    await page.keyboard.press("Control+K");
    const field = page.getByRole("combobox", { name: "Commands and files" });
    await field.fill("show logs");
    await expectNoFindings(page);
    await page.keyboard.press("Enter");
    await page.getByRole("tabpanel", { name: "Logs" }).waitFor();

    await page.getByRole("tab", { name: "Logs" }).focus();
    await page.keyboard.press("Control+P");
    await page.getByRole("combobox", { name: "Open a file" }).fill("queue.yml");
    await page.keyboard.press("Enter");
    await page.locator('.wb-code[data-path="config/queue.yml"]').waitFor();

    await page.getByRole("tab", { name: "Editor" }).focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await expectNoFindings(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.getByRole("tabpanel", { name: "App" }).waitFor();

    await page.keyboard.press("Control+K");
    await field.fill("dark theme");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => page.evaluate(() => document.documentElement.dataset["theme"]))
      .toBe("dark");
  });

  test("a link carries the code, which waits for the reader's word and leaves their own", async () => {
    const { page } = workbench();
    await workbench().edit(JOB, "# shared\n");
    await page.keyboard.press("Control+K");
    await page.getByRole("combobox", { name: "Commands and files" }).fill("share");
    await page.keyboard.press("Enter");
    const link = page.getByLabel("Link", { exact: true });
    await expect.poll(() => link.inputValue()).toContain("#code=");
    await expectNoFindings(page);
    const url = (await link.inputValue()).replace(siteUrl, "");

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const zip = unzipSync(await readFile(await (await download).path()));
    const files = Object.keys(zip);
    expect(files).toContain("process-photos-later/bin/setup");
    expect(new TextDecoder().decode(zip[`process-photos-later/${JOB}`])).toBe("# shared\n");

    const other = new WorkbenchPage(await openPage(url, { ...DESKTOP, returning: true }));
    await other.page.getByText("This code was shared with you").waitFor();
    await other.start();
    await other.edit(JOB, "# my own\n");
    await other.page.getByRole("button", { name: "Look at the changes" }).click();
    await line(other.page, "# shared").waitFor();
    await expectNoFindings(other.page);
    await other.page.getByRole("button", { name: "Run it" }).click();
    await other.page.locator(`.wb-code[data-path="${JOB}"]`).waitFor();
    await line(other.page, "# shared").waitFor();
    expect(new URL(other.page.url()).hash).toBe("");
    const editor = await other.show("Editor");
    await editor.getByRole("button", { name: "Undo" }).click();
    await line(other.page, "# my own").waitFor();
  });
});

test("files that the text names lead into the editor", async () => {
  const { page } = await WorkbenchPage.started("/lessons/your-first-job/");
  const path = "config/environments/development.rb";
  await page
    .getByRole("button", { name: `Show in editor: ${path}` })
    .first()
    .click();
  await page.locator(`.wb-code[data-path="${path}"] .wb-line-mark`).waitFor();
});

test("a damaged link says so and changes nothing", async () => {
  const { page } = await openPage(`${LESSON}#code=abc`);
  await page.getByText("The code in this link is damaged").waitFor();
});

test("the playground runs an app of its own, in light and dark", async () => {
  const opened = await openPage("/playground/", { ...DESKTOP, returning: true });
  const { page } = opened;
  const inBoth = async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      await expectNoFindings(page);
    }
  };
  await page.getByRole("button", { name: /An empty app/ }).waitFor();
  await inBoth();
  await page.getByRole("button", { name: /An empty app/ }).click();
  const playground = new WorkbenchPage(opened);
  await playground.start();
  await inBoth();
  await playground.show("App");
  await playground.app.getByRole("heading", { name: "Hello" }).waitFor();
  expect(new URL(page.url()).search).toBe("?app=empty-app");
});

test("on a phone the workbench is a sheet of three heights", async () => {
  const opened = await openPage(LESSON, {
    viewport: { width: 390, height: 844 },
    returning: true,
  });
  const { page } = opened;
  await page
    .getByRole("region", { name: "Workbench" })
    .getByRole("button", { name: "Start", exact: true })
    .click();
  await page.locator(".wb-bench").waitFor({ timeout: 60_000 });
  const height = async () => (await page.locator(".workbench").boundingBox())?.height ?? 0;
  const grip = page.getByRole("button", { name: /^Workbench: / });
  const dock = await height();
  expect(dock).toBeLessThan(260);
  await grip.focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(height).toBeCloseTo(844 * 0.64, 0);
  await page.keyboard.press("ArrowUp");
  await expect.poll(height).toBeGreaterThan(760);
  await expectNoFindings(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
