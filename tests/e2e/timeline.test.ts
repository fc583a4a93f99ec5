/** The timeline on the real engine: a job that is enqueued inside a transaction held open. */
import { mkdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { expectNoFindings } from "./support/axe.ts";
import { WorkbenchPage } from "./support/workbench.ts";

const MODEL = `class Photo < ApplicationRecord
  include Upload
  validates :title, presence: true
  scope :without_files, -> { select(column_names - %w[ image thumbnail filtered ]) }
  scope :newest_first, -> { order(id: :desc) }
  after_save :process_later

  def process_image = nil

  private
    def process_later
      PhotoProcessingJob.perform_later(id)
      sleep 3
    end
end`;
const JOB = `class PhotoProcessingJob < ApplicationJob
  def perform(id)
    Photo.find(id)
  end
end`;

const workbench = WorkbenchPage.shared(race);
const panel = () => workbench().page.locator(".tl-panel");
const said = () => panel().getByRole("status").innerText();

/** The job runs while the photo's transaction is held open. */
async function race(page: WorkbenchPage): Promise<void> {
  await page.edit("app/models/photo.rb", MODEL);
  await page.edit("app/jobs/photo_processing_job.rb", JOB);
  await page.upload("Too early");
}

/** Keeps what was seen, for whoever wants to look. */
async function keep(name: string): Promise<void> {
  await mkdir("test-results", { recursive: true });
  await workbench().page.screenshot({ path: `test-results/timeline-${name}.png` });
}

describe("the race on the timeline", () => {
  test("says how much too early the job was, and shows why", async () => {
    await expect
      .poll(said, { timeout: 30_000 })
      .toMatch(/^The job ran [\d.]+ m?s before the photo was committed\.$/);
    await keep("light");
    const words = await panel().locator("svg text").allTextContents();
    expect(words).toContain("COMMIT");
    expect(words).toContain("SELECT: 0 rows");
    expect(words.some((word) => /too early$/.test(word))).toBe(true);
    expect(words.some((word) => /^photo \d+: only web can see it$/.test(word))).toBe(true);
    expect(workbench().errors).toEqual([]);
  });

  test("leads to the job and to the line, and tells the same as a table", async () => {
    await panel().locator('[data-mark^="job "]').first().click();
    await workbench().page.locator(".wb-job-detail").waitFor();
    await panel().getByRole("button", { name: "photo.rb:12" }).click();
    await workbench().page.locator('.wb-code[data-path="app/models/photo.rb"]').waitFor();
    await panel().getByRole("button", { name: "Table" }).click();
    await panel()
      .getByRole("cell", { name: /SELECT finds no photo/ })
      .waitFor();
    await panel().getByRole("button", { name: "Table" }).click();
  });

  test("goes through the marks by keyboard, and back in time", async () => {
    const { keyboard } = workbench().page;
    await panel().locator('[data-mark][tabindex="0"]').focus();
    await keyboard.press("End");
    await keyboard.press("ArrowLeft");
    const card = panel().locator('.tl-card[data-pinned="true"]');
    await card.waitFor();
    await keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
    await panel().getByRole("slider").focus();
    await keyboard.press("Home");
    await panel()
      .getByRole("button", { name: /^Back to now/ })
      .click();
    await expect.poll(() => panel().getByRole("slider").getAttribute("aria-valuetext")).toBe("now");
  });

  test("axe finds nothing, light and dark, as drawing and as table; on a phone time runs down", async () => {
    const { page } = workbench();
    await expectNoFindings(page);
    await page.evaluate(() => (document.documentElement.dataset["theme"] = "dark"));
    await keep("dark");
    await expectNoFindings(page);
    await panel().getByRole("button", { name: "Table" }).click();
    await expectNoFindings(page);
    await panel().getByRole("button", { name: "Table" }).click();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("tab", { name: "Timeline" }).click();
    await panel().locator('[data-vertical="true"]').waitFor();
    await keep("phone-dark");
    await page.evaluate(() => (document.documentElement.dataset["theme"] = "light"));
    await keep("phone-light");
    await expectNoFindings(page);
  });
});
