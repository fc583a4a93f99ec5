/** A learner walks the lesson on commits: predicts, sees the race, answers wrongly, then rightly. */
import { expect, test } from "vitest";
import { WorkbenchPage } from "./support/workbench.ts";

const LESSON = "/lessons/after-commit-or-after-save/";
const EXERCISE = "All of the album, or nothing of it";

test("the race, a wrong answer, and the right one", async () => {
  const workbench = await WorkbenchPage.started(LESSON);
  const { page } = workbench;

  const prediction = page.locator('step-prediction[data-step="race"]');
  await prediction.getByText("It waits until the photo is there").click();
  await workbench.runStep("rollback", { "Jobs in the queue": "1" });
  await workbench.runStep("race", { "The job is": ":failed", "Is the photo processed?": "false" });
  await prediction.getByText("What happened here: It fails.").waitFor();
  await page.getByRole("tabpanel", { name: "Timeline" }).getByText("too early").first().waitFor();
  await workbench.runStep("commit", {
    "Jobs left by the rollback": "0",
    "Is the photo processed?": "true",
  });
  await workbench.runStep("back", { "Jobs in the queue": "0" });

  await workbench.check(EXERCISE, "Not yet");
  const hints = await workbench.show("Check");
  await hints.getByText("did not find the photo").waitFor();
  await workbench.applySolution();
  await workbench.check(EXERCISE, "It passes.");
  expect(workbench.errors).toEqual([]);
});
