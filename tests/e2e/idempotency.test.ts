/** A learner cuts the power in the middle of a payment, answers as most would, and then rightly. */
import { expect, test } from "vitest";
import { loadLesson } from "../../src/course/node/load-lesson.ts";
import { WorkbenchPage } from "./support/workbench.ts";

const LESSON = "/lessons/idempotency/";
const EXERCISE = "Once, whatever happens";
const JOB = "app/jobs/charge_order_job.rb";
const WRONG = "asks-first-whether-it-is-paid";

test("paid twice, paid twice all the same, paid once", async () => {
  const { wrong } = await loadLesson("idempotency");
  const answer = wrong.find(({ name }) => name === WRONG)?.files[JOB] as string;
  const workbench = await WorkbenchPage.started(LESSON);
  const { page } = workbench;

  await workbench.runStep("cut", { Charges: "1", "Marked as paid": "false" });
  const pruned = "SolidQueue::Processes::ProcessPrunedError";
  await workbench.runStep("pruned", { "Recorded error": pruned });
  const prediction = page.locator('step-prediction[data-step="retried"]');
  await prediction.getByText("Once.").click();
  await workbench.runStep("retried", { Charges: "2" });
  await prediction.getByText("What happened here: Twice.").waitFor();
  await workbench.runStep("guard", { Charges: "2" });
  await workbench.runStep("key", { Charges: "1", "Marked as paid": "true" });
  const table = page.locator("main table", { hasText: "After the retry" });
  expect(await table.locator("step-result").allInnerTexts()).toEqual(["1", "2", "2", "1"]);

  await workbench.edit(JOB, answer);
  await workbench.check(EXERCISE, "Not yet");
  const hints = await workbench.show("Check");
  await hints.getByText("although perform asks first whether the order is paid").waitFor();
  await workbench.applySolution();
  await workbench.check(EXERCISE, "It passes.");
  expect(workbench.errors).toEqual([]);
});
