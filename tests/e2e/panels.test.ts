/** Logs, mail and clock, as a learner uses them. */
import { expect, test } from "vitest";
import { WorkbenchPage } from "./support/workbench.ts";

const JOB = "app/jobs/photo_processing_job.rb";
const MAILS = `class PhotoProcessingJob < ApplicationJob
  def perform(photo_id)
    Rails.logger.warn "WARN photo #{photo_id} is large"
    ActionMailer::Base.mail(from: "app@example.com", to: "ann@example.com", subject: "Photo #{photo_id} is ready",
      content_type: "text/html", body: "<p>Look at <b>it</b></p>").deliver_now
  end
end`;

const workbench = WorkbenchPage.shared();

test("a mail that a job sent is read, and leads to the job", async () => {
  await workbench().edit(JOB, MAILS);
  await workbench().ruby("PhotoProcessingJob.perform_later(7); nil");
  await workbench().jobIs("finished");
  const panel = await workbench().show("Mail");
  await panel.getByRole("button", { name: /Photo 7 is ready/ }).click();
  await panel.frameLocator("iframe").getByText("Look at it").waitFor();
  await panel.getByRole("button", { name: /in a job/ }).click();
  await workbench()
    .page.locator(".wb-job-detail")
    .getByText("PhotoProcessingJob")
    .first()
    .waitFor();
  expect(workbench().errors).toEqual([]);
});

test("logs are narrowed by process, level and text, and cleared", async () => {
  await workbench().ruby("PhotoProcessingJob.perform_later(8); nil");
  await workbench().jobIs("finished");
  const panel = await workbench().show("Logs");
  const lines = panel.getByRole("log").getByRole("listitem");
  await panel.getByLabel("Process").selectOption("jobs-1");
  await panel.getByLabel("Level").selectOption("warn");
  await panel.getByLabel("Text").fill("8 is large");
  await expect.poll(() => lines.allTextContents()).toHaveLength(1);
  expect(await lines.first().textContent()).toMatch(/jobs-1.*WARN photo 8 is large/);
  await panel.getByLabel("Text").fill("");
  await panel.getByRole("button", { name: "Clear" }).click();
  await expect.poll(() => lines.count()).toBe(0);
});

test("the clock is frozen, so no worker polls; then it goes to what is due", async () => {
  const { page } = workbench();
  await workbench().edit(
    JOB,
    "class PhotoProcessingJob < ApplicationJob\n  def perform(id) = id\nend",
  );
  const freeze = page.getByRole("button", { name: "Freeze" });
  await freeze.click();
  const time = () => page.locator(".wb-clock time").innerText();
  const at = await time();
  await workbench().ruby("PhotoProcessingJob.perform_later(1); nil");
  await workbench().jobIs("ready");
  expect(await time()).toBe(at);
  await freeze.click();
  await workbench().jobIs("finished");
  await workbench().ruby("PhotoProcessingJob.set(wait: 1.hour).perform_later(2); nil");
  await workbench().jobIs("scheduled");
  await page.getByRole("button", { name: /^Next due/ }).click();
  await workbench().jobIs("finished");
  expect(workbench().errors).toEqual([]);
});

test("a restart sends TERM, and starts the next process with the same options", async () => {
  const { page } = workbench();
  const panel = await workbench().show("Processes");
  await panel.getByLabel("Queues").fill("default");
  await panel.getByLabel("Threads").fill("2");
  await panel.getByRole("button", { name: "Start jobs process" }).click();
  await panel.getByRole("button", { name: "Restart jobs-2" }).click();
  await panel.getByText(/^jobs-2 has ended, jobs-3 runs with the same options/).waitFor();
  const running = panel.getByRole("list", { name: "Running processes" });
  const next = running.getByRole("listitem").filter({ hasText: "jobs-3" }).first();
  await next.getByText(/queues default, 2 threads/).waitFor();
  await page.locator('[data-process="jobs-2"]').waitFor({ state: "detached" });
  expect(workbench().errors).toEqual([]);
});

test("a restart under way is cancelled in its note: the process ends, and no other starts", async () => {
  await workbench().edit(
    JOB,
    "class PhotoProcessingJob < ApplicationJob\n  def perform(id) = sleep(4)\nend",
  );
  await workbench().ruby("PhotoProcessingJob.perform_later(3); nil");
  const panel = await workbench().show("Processes");
  const running = panel.getByRole("list", { name: "Running processes" });
  const busy = running.locator(".wb-card").filter({ hasText: /runs\s*job/ });
  const name = /jobs-\d+/.exec(await busy.getByRole("heading").innerText())?.[0] ?? "";
  await busy.getByRole("button", { name: "Restart" }).click();
  await panel.getByRole("button", { name: `Cancel the restart of ${name}` }).click();
  await panel.getByText(`The restart of ${name} is cancelled`).waitFor();
  const ended = panel.getByRole("list", { name: "Ended processes" });
  await ended.getByRole("heading", { name }).waitFor();
  expect(await running.getByText("jobs-4").count()).toBe(0);
  expect(workbench().errors).toEqual([]);
});
