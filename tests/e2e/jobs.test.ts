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

const handled = `class PhotoProcessingJob < ApplicationJob
  retry_on IOError, wait: 1.second, attempts: 2
  discard_on ArgumentError
  def perform(error) = raise(error.constantize, "on purpose")
end`;

const workbench = WorkbenchPage.shared();
const item = (state: string) => workbench().page.locator(".wb-side-item", { hasText: state });

test("Ctrl+C right after the first Enter: nothing runs, though the console may only just start", async () => {
  const panel = await workbench().show("Console");
  const input = panel.getByLabel(/Ruby for the Rails console/);
  await input.fill('sleep; Photo.create!(title: "never")');
  await input.press("Enter");
  await input.press("Control+c");
  await panel.getByRole("button", { name: "Run", exact: true }).waitFor();
  await workbench().ruby("Photo.count");
  expect(await panel.locator(".wb-result").allInnerTexts()).toEqual(["=> 0"]);
});

test("Ctrl+C interrupts an entry from the prompt, with Caps Lock, and from the output", async () => {
  const panel = await workbench().show("Console");
  const input = panel.getByLabel(/Ruby for the Rails console/);
  const presses = [
    () => input.press("Control+c"),
    () => input.press("Control+C"), // as with Caps Lock: upper case without Shift
    () => panel.getByRole("log").press("Control+c"),
  ];
  for (const [index, press] of presses.entries()) {
    await input.fill("loop { sleep 0.1 }");
    await input.press("Enter");
    await panel
      .locator(".wb-entry")
      .nth(index + 1)
      .waitFor();
    await press();
    await panel.locator(".wb-ruby-error").nth(index).waitFor();
    expect(await panel.locator(".wb-ruby-error").nth(index).innerText()).toMatch(/^Interrupt/);
  }
});

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

test("an attempt that raised says what became of it: retried and failed, or discarded", async () => {
  await workbench().edit(JOB, handled);
  await workbench().ruby('PhotoProcessingJob.perform_later("IOError")');
  const row = await workbench().jobIs("failed");
  const mark = (at: number) =>
    workbench().page.locator("[data-job]").nth(at).locator(".wb-state").innerText();
  expect([await mark(0), await mark(1)]).toEqual(["failed", "retried"]);
  await row.locator(".wb-job-link").click();
  const ends = workbench().page.locator(".wb-attempts [data-end] .wb-state");
  await expect.poll(() => ends.allInnerTexts()).toEqual(["raised, retried", "failed"]);
  await workbench().page.getByRole("button", { name: "All jobs" }).click();
  await workbench().ruby('PhotoProcessingJob.perform_later("ArgumentError")');
  const given = await workbench().jobIs("finished");
  await expect.poll(() => mark(0)).toBe("discarded");
  await given.locator(".wb-job-link").click();
  await expect.poll(() => ends.allInnerTexts()).toEqual(["discarded"]);
  await workbench().page.getByRole("button", { name: "All jobs" }).click();
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
