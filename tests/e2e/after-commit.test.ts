/** A learner walks the lesson on commits: predicts, runs the four cases, answers wrongly, then rightly. */
import { expect, test } from "vitest";
import { WorkbenchPage } from "./support/workbench.ts";

const LESSON = "/lessons/after-commit-or-after-save/";
const EXERCISE = "All of the album, or nothing of it";

test("the race, the table of four cases, a wrong answer, and the right one", async () => {
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

  const late = "The job of the photo that was stored late";
  await workbench.runStep("separate-off", { "Jobs left by the rollback": "1", [late]: ":failed" });
  await workbench.runStep("separate-on", { "Jobs left by the rollback": "0", [late]: ":finished" });
  await workbench.runStep("same-off", { "Jobs left by the rollback": "0", [late]: ":finished" });
  await workbench.runStep("same-on", { "Jobs left by the rollback": "0", [late]: ":finished" });
  const table = page.locator("main table", { hasText: "Setting off" });
  expect(await table.locator("step-result").allInnerTexts()).toEqual(
    ["1", ":failed", "0", ":finished", "0", ":finished", "0", ":finished"], // row by row
  );
  await workbench.runStep("back", { "The queue is in the database": '"queue"' });

  await workbench.check(EXERCISE, "Not yet");
  const hints = await workbench.show("Check");
  await hints.getByText("did not find the photo").waitFor();
  await workbench.applySolution();
  await workbench.check(EXERCISE, "It passes.");
  expect(workbench.errors).toEqual([]);
});
