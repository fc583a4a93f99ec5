import { afterEach, beforeAll, expect, vi } from "vitest";
import type { FrameLocator, Locator, Page } from "playwright";
import { jpeg, keepFailure, newPage, openPage, type TestPage, type Visitor } from "./site.ts";

/** Starts of processes and jobs of several seconds are part of a step. */
const STEP_MS = 120_000;

/** A laptop's window. */
export const DESKTOP = { viewport: { width: 1440, height: 900 } };

export const LESSON = "/lessons/process-photos-later/";

/** The workbench as a learner handles it: by the names of its controls. */
export class WorkbenchPage {
  readonly page: Page;
  readonly errors: string[];

  constructor({ page, errors }: TestPage) {
    this.page = page;
    this.errors = errors;
  }

  /** Opened by somebody who has never been here. */
  static async open(lesson = LESSON): Promise<WorkbenchPage> {
    return new WorkbenchPage(await openPage(lesson, DESKTOP));
  }

  /**
   * One started workbench for all tests of a block, which follow each other as a learner's steps do: a boot costs
   * as much as most of what is then looked at.
   * @param prepare what is done before the first test
   * @param visitor who has been here before, unless it says otherwise
   */
  static shared(
    prepare: (workbench: WorkbenchPage) => Promise<void> = async () => {},
    visitor: Visitor = { returning: true },
  ) {
    let shared: WorkbenchPage;
    beforeAll(async () => {
      shared = new WorkbenchPage(await newPage(LESSON, { ...DESKTOP, ...visitor }));
      await shared.start();
      await prepare(shared);
      return () => shared.page.context().close();
    });
    afterEach(({ task }) => keepFailure(shared.page, task));
    return () => shared;
  }

  /** Opened and started by somebody who has been here before. */
  static async started(lesson = LESSON): Promise<WorkbenchPage> {
    const workbench = new WorkbenchPage(await openPage(lesson, { ...DESKTOP, returning: true }));
    await workbench.start();
    return workbench;
  }

  get region(): Locator {
    return this.page.getByRole("region", { name: "Workbench" });
  }

  /** The Rails app inside its frame. */
  get app(): FrameLocator {
    return this.page.frameLocator(".wb-app iframe");
  }

  /** @param timeout ms until the sandbox runs */
  async start(timeout = STEP_MS): Promise<void> {
    await this.region.getByRole("button", { name: "Start", exact: true }).click();
    await this.page.locator(".wb-bench").waitFor({ timeout });
    await this.page.locator(".monaco-editor .view-line").first().waitFor();
  }

  /** Presses Start, and Cancel as soon as that step is in hand. */
  async cancelAt(step: string): Promise<void> {
    const cancelled = this.page.evaluate(
      (label) =>
        new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            const current = document.querySelector('.wb-steps [aria-current="step"]');
            if (!current?.textContent.startsWith(label)) return;
            observer.disconnect();
            document.querySelector<HTMLElement>(".wb-start button")?.click();
            resolve();
          });
          observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        }),
      step,
    );
    const start = this.region.getByRole("button", { name: "Start", exact: true });
    await start.click();
    await cancelled;
    await start.waitFor();
  }

  async show(tab: string): Promise<Locator> {
    await this.page.getByRole("tab", { name: tab }).click();
    return this.page.getByRole("tabpanel", { name: tab });
  }

  /** Replaces the text of a file, as if it were pasted. */
  async edit(path: string, text: string): Promise<void> {
    await this.show("Editor");
    await this.openFile(path);
    await this.#focusCode(path);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press("Control+S");
  }

  /** A file that was just opened may still give the focus back to the tree. Also for use in hooks. */
  async #focusCode(path: string): Promise<void> {
    const code = this.page.locator(`.wb-code[data-path="${path}"]`);
    await vi.waitFor(
      async () => {
        await code.locator(".view-lines").click();
        const focused = await code.evaluate((element) => element.contains(document.activeElement));
        if (!focused) throw new Error(`the code of ${path} has not got the focus`);
      },
      { timeout: STEP_MS },
    );
  }

  /** Opens a file from the tree, whose folders it unfolds on the way. */
  async openFile(path: string): Promise<void> {
    const editor = await this.show("Editor");
    const files = editor.getByRole("button", { name: "All files" });
    if ((await files.getAttribute("aria-expanded")) === "false") await files.click();
    const names = path.split("/");
    for (let length = 1; length <= names.length; length++) {
      const row = editor.locator(
        `[role="treeitem"][data-path="${names.slice(0, length).join("/")}"]`,
      );
      if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
    }
    await this.page.locator(`.wb-code[data-path="${path}"] .view-line`).first().waitFor();
  }

  async applySolution(): Promise<void> {
    const editor = await this.show("Editor");
    await editor.getByRole("button", { name: "Solution" }).click();
    await editor.getByRole("button", { name: "Use the solution" }).click();
    await editor.getByRole("button", { name: "Replace" }).click();
  }

  /** Runs Ruby in the console and waits for its value. */
  async ruby(code: string): Promise<void> {
    const panel = await this.show("Console");
    const input = panel.getByLabel(/Ruby for the Rails console/);
    const answers = panel.locator(".wb-result");
    const before = await answers.count();
    await input.fill(code);
    await input.press("Enter");
    await answers.nth(before).waitFor();
  }

  /** Uploads a JPEG and waits for the page of the photo. */
  async upload(title: string): Promise<void> {
    await this.show("App");
    const address = this.page.getByLabel("Address in the app");
    await address.fill("/");
    await address.press("Enter");
    await this.page.locator('.wb-app[aria-busy="false"]').waitFor();
    await this.app.getByLabel("Title").fill(title);
    await this.app.getByLabel("Picture", { exact: true }).setInputFiles({
      name: "picture.jpg",
      mimeType: "image/jpeg",
      buffer: await jpeg(this.page, 800, 600),
    });
    await this.app.getByRole("button", { name: "Upload" }).click();
    await this.app.getByRole("heading", { name: title }).waitFor();
  }

  /** Waits until the newest job is in a state. */
  async jobIs(state: string): Promise<Locator> {
    await this.show("Jobs");
    const row = this.page.locator("[data-job]").first();
    await expect
      .poll(() => row.getAttribute("data-state").catch(() => null), { timeout: 30_000 })
      .toBe(state);
    return row;
  }

  async reloadApp(): Promise<void> {
    await this.show("App");
    await this.page.getByRole("button", { name: "Reload", exact: true }).click();
  }

  /** The size of a picture in the app, once it is there. */
  async pictureSize(caption: string): Promise<[number, number]> {
    const picture = this.app.locator("figure", { hasText: caption }).locator("img");
    await picture.waitFor();
    return picture.evaluate((element) => {
      const { naturalWidth, naturalHeight } = element as HTMLImageElement;
      return [naturalWidth, naturalHeight];
    });
  }

  async signal(process: string, signal: "TERM" | "KILL"): Promise<void> {
    const place = this.page.locator(`[data-process="${process}"]`);
    await place.getByRole("button", { name: signal }).click();
    await place.waitFor({ state: "detached" });
  }

  /** Unfolds what the lesson keeps folded because it goes further: experiments can stand in there. */
  async unfold(): Promise<void> {
    const folded = this.page.locator("details.further:not([open]) > summary");
    while ((await folded.count()) > 0) await folded.first().click();
  }

  /**
   * Does a step of the lesson's experiment, which must come to its end, and expects what it shows:
   * label to value. Returns all that it shows, as pairs.
   */
  async runStep(step: string, shown: Record<string, string> = {}): Promise<[string, string][]> {
    const place = this.page.locator(`#step-${step}`);
    await place.locator("button.wb-btn").click(); // the text may have buttons of its own, on its code
    await place.locator(".wb-readings, .wb-problem").first().waitFor({ timeout: STEP_MS });
    expect(await place.locator(".wb-problem").allInnerTexts()).toEqual([]);
    const rows = await place.locator(".wb-readings div").all();
    const readings = await Promise.all(
      rows.map(async (row): Promise<[string, string]> => [
        await row.locator("dt").innerText(),
        await row.locator("dd").innerText(),
      ]),
    );
    for (const [label, value] of Object.entries(shown)) {
      const found = readings.find(([term]) => term.includes(label));
      expect(found?.[1], label).toBe(value);
    }
    return readings;
  }

  /** Has the exercise's answer checked and waits for the verdict. */
  async check(exercise: string, verdict: "Not yet" | "It passes."): Promise<void> {
    const place = this.page.getByRole("region", { name: exercise });
    await place.getByRole("button", { name: "Check my answer" }).click();
    await place.getByText(verdict).waitFor({ timeout: STEP_MS });
  }

  async startJobs(): Promise<void> {
    await this.page
      .getByRole("region", { name: "Processes" })
      .getByRole("button", { name: "Start jobs process" })
      .click();
  }
}
