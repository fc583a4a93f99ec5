/** What a learner does in the first lesson, on the real engine. */
import { describe, expect, test } from "vitest";
import { WorkbenchPage } from "./support/workbench.ts";

const CONTROLLER = "app/controllers/photos_controller.rb";
const JOB = "app/jobs/photo_processing_job.rb";

const job = (body: string) =>
  ["class PhotoProcessingJob < ApplicationJob", "def perform(photo_id)", body, "end", "end"].join(
    "\n",
  );

describe("a learner", () => {
  test("loads nothing of the engine before pressing Start", async () => {
    const { page } = await WorkbenchPage.open();
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType("resource").map((entry) => entry.name),
    );
    expect(loaded.filter((url) => /boot\/|monaco|worker|sqlite|files\.json/.test(url))).toEqual([]);
  });

  test("sees how much is downloaded, and can cancel that", async () => {
    const { page, region } = await WorkbenchPage.open();
    const released = Promise.withResolvers<void>();
    await page.route(/\/boot\/(?!manifest)/, async (route) => {
      await released.promise;
      await route.abort();
    });
    await region.getByRole("button", { name: "Start", exact: true }).click();
    const step = region.getByRole("listitem").filter({ hasText: "Downloading Ruby and Rails" });
    await step.getByText(/ of \d+(\.\d)? MB/).waitFor();
    expect(await step.getByRole("progressbar").getAttribute("max")).toMatch(/^\d{7,}$/);
    await region.getByRole("button", { name: "Cancel" }).click();
    await region.getByRole("button", { name: "Start", exact: true }).waitFor();
    released.resolve();
    expect(await page.locator(".wb-bench").count()).toBe(0);
  });
});

describe("a learner at work", () => {
  const workbench = WorkbenchPage.shared();

  test("checks the answer: first not yet, then passed", async () => {
    await workbench().check("Make it later", "Not yet");
    await workbench().applySolution();
    await workbench().check("Make it later", "It passes.");
  });

  test("uploads a photo, which a worker makes a thumbnail of", async () => {
    await workbench().upload("Square");
    await workbench().jobIs("finished");
    await workbench().reloadApp();
    expect(await workbench().pictureSize("Thumbnail")).toEqual([320, 240]);
    expect(await workbench().pictureSize("Filtered")).toEqual([800, 600]);
    expect(workbench().errors).toEqual([]);
  });

  test("edits the job, and the next upload runs the edited code", async () => {
    await workbench().edit(JOB, job('Photo.find(photo_id).update!(title: "Edited")'));
    await workbench().upload("Original");
    await workbench().jobIs("finished");
    await workbench().reloadApp();
    await workbench().app.getByRole("heading", { name: "Edited" }).waitFor();
  });

  test("kills the worker in the middle of a job, which stays claimed", async () => {
    await workbench().edit(JOB, job("sleep 60"));
    await workbench().upload("Left behind");
    await workbench().jobIs("claimed");
    await workbench().signal("jobs-1", "KILL");
    const row = await workbench().jobIs("claimed");
    expect(await row.textContent()).toContain("PhotoProcessingJob");
    await workbench().startJobs();
    await workbench().page.locator('[data-process="jobs-2"]').waitFor();
    await workbench().jobIs("claimed");
  });

  test("kills a worker that is caught in an endless loop", async () => {
    await workbench().edit(JOB, job("loop { }"));
    await workbench().upload("Caught");
    await workbench().jobIs("claimed");
    await workbench().signal("jobs-2", "KILL");
  });

  test("asks the console", async () => {
    await workbench().show("Console");
    const input = workbench().page.getByLabel(/Ruby for the Rails console/);
    await input.fill("6 * 7");
    await input.press("Enter");
    await workbench().page.locator(".wb-result", { hasText: "42" }).waitFor();
  });

  test("sees where a syntax error stands", async () => {
    await workbench().edit(
      CONTROLLER,
      "class PhotosController < ApplicationController\n  def index\n",
    );
    await workbench().reloadApp();
    const page = workbench().app.locator("body");
    await expect
      .poll(() => page.innerText(), { timeout: 15_000 })
      .toMatch(/photos_controller\.rb:\d/);
    await workbench().app.getByRole("link", { name: "Framework Trace" }).click();
    await workbench().app.locator('[id^="Framework-Trace"]').first().waitFor();
    await workbench().app.locator('[id^="Application-Trace"]').first().waitFor({ state: "hidden" });
  });

  test("undoes a reset, and finds the edits again after a reload", async () => {
    const { page } = workbench();
    const mine = page.locator(".view-line", { hasText: "# mine" });
    await workbench().edit(JOB, "# mine");
    const editor = await workbench().show("Editor");
    await editor.getByRole("button", { name: "Reset photo_processing_job.rb" }).click();
    await page.locator(".view-line", { hasText: "class PhotoProcessingJob" }).waitFor();
    await editor.getByRole("button", { name: "Undo" }).click();
    await mine.waitFor();
    await page.reload();
    await page.getByText("Your changes from last time are here").waitFor();
    await workbench().start();
    await workbench().openFile(JOB);
    await mine.waitFor();
  });
});
