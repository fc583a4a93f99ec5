/** The dashboard's main ways, on the real engine. */
import { expect, test } from "vitest";
import { WorkbenchPage } from "./support/workbench.ts";

const JOB = "app/jobs/photo_processing_job.rb";
const broken = `class PhotoProcessingJob < ApplicationJob
  def perform(photo_id) = raise("the tagging service answered 503")
end`;
const mended = `class PhotoProcessingJob < ApplicationJob
  def perform(photo_id) = puts("tagged #{photo_id}")
end`;

const workbench = WorkbenchPage.shared();
const item = (state: string) => workbench().page.locator(".wb-side-item", { hasText: state });

test("an incident: many failures under one error, retried all at once after a fix", async () => {
  await workbench().edit(JOB, broken);
  await workbench().ruby("30.times { |n| PhotoProcessingJob.perform_later(n) }");
  await workbench().show("Jobs");
  await item("failed").click();
  await expect.poll(() => item("failed").innerText(), { timeout: 60_000 }).toContain("30");
  const group = workbench().page.locator(".wb-job-group");
  await expect.poll(() => group.innerText()).toContain("RuntimeError, 30 jobs");
  await workbench().page.locator(".wb-job-link").first().click();
  await workbench().page.getByRole("button", { name: "Open line 2" }).waitFor();
  await workbench().page.getByRole("button", { name: "All jobs" }).click();
  await workbench().edit(JOB, mended);
  await workbench().show("Jobs");
  await workbench().page.getByLabel("Select all 30 jobs").check();
  await workbench()
    .page.getByRole("group", { name: "Selected jobs" })
    .getByRole("button", { name: "Retry" })
    .click();
  await expect.poll(() => item("finished").innerText(), { timeout: 60_000 }).toContain("30");
  await item("all").click();
  expect(workbench().errors).toEqual([]);
});

test("a paused queue keeps its jobs until it is resumed", async () => {
  await workbench().ruby("PhotoProcessingJob.perform_later(1)");
  await workbench().jobIs("finished");
  await workbench().page.getByRole("button", { name: "Pause default" }).click();
  await workbench().page.getByRole("button", { name: "Resume default" }).waitFor();
  await workbench().ruby("PhotoProcessingJob.perform_later(2)");
  await workbench().jobIs("ready");
  await workbench().page.getByRole("button", { name: "Resume default" }).click();
  await workbench().jobIs("finished");
});

test("a killed worker is still believed in, and counts down to its prune", async () => {
  await workbench().signal("jobs-1", "KILL");
  const strip = workbench().page.locator(".wb-strip");
  await strip.getByText("still registered; pruned in").waitFor();
  await workbench().page.getByRole("button", { name: "+1 min of sandbox time" }).click();
  const panel = await workbench().show("Processes");
  await panel.getByText("late, to be pruned in").first().waitFor();
});

test("the plug is pulled, and what ran boots again", async () => {
  await workbench().startJobs();
  await workbench().page.locator('[data-process="jobs-2"]').waitFor();
  const panel = await workbench().show("Processes");
  await panel.getByRole("button", { name: "Pull the plug" }).click();
  await panel.getByRole("button", { name: "Cut it" }).click();
  await workbench().page.locator(".wb-strip").getByText("The power is off.").waitFor();
  await workbench().page.locator(".wb-strip").getByRole("button", { name: "Boot again" }).click();
  await workbench().page.locator('[data-process="web"]').waitFor();
  await workbench().page.locator('[data-process="jobs-3"]').waitFor();
});

test("names are completed, and the shell kills a process by its pid", async () => {
  const panel = await workbench().show("Console");
  const input = panel.getByLabel(/Ruby for the Rails console/);
  await input.pressSequentially("Photo.find_by_s");
  await input.press("Tab");
  await expect.poll(() => input.inputValue()).toBe("Photo.find_by_sql");
  await panel.getByLabel("Language of the prompt").selectOption("shell");
  const shell = panel.getByLabel(/Shell command/);
  await shell.fill("ps");
  await shell.press("Enter");
  const table = await panel.locator(".wb-shell").innerText();
  const pid = /^(\d+).*jobs-3$/m.exec(table)?.[1];
  await shell.fill(`kill -9 ${pid}`);
  await shell.press("Enter");
  await workbench().page.locator('[data-process="jobs-3"]').waitFor({ state: "detached" });
});
