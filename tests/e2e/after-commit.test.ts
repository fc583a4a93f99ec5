/** A learner walks the lesson on commits: predicts, runs the four cases, answers wrongly, then rightly. */
import { expect, test } from "vitest";
import { WorkbenchPage } from "./support/workbench.ts";

const LESSON = "/lessons/after-commit-or-after-save/";
const STEP_MS = 60_000;

test("the race, the table of four cases, a wrong answer, and the right one", async () => {
  const workbench = await WorkbenchPage.started(LESSON);
  const { page } = workbench;

  const run = async (step: string, shown: Record<string, string>) => {
    const place = page.locator(`#step-${step}`);
    await place.getByRole("button").click();
    await place.locator(".wb-readings").waitFor({ timeout: STEP_MS });
    expect(await place.locator(".wb-problem").count()).toBe(0);
    for (const [label, value] of Object.entries(shown)) {
      const row = place.locator(".wb-readings div", { hasText: label });
      expect(await row.locator("dd").innerText()).toBe(value);
    }
  };

  const prediction = page.locator('step-prediction[data-step="race"]');
  await prediction.getByText("It waits until the photo is there").click();
  await run("rollback", { "Jobs in the queue": "1" });
  await run("race", { "The job is": ":failed", "Is the photo processed?": "false" });
  await prediction.getByText("What happened here: It fails.").waitFor();
  await page.getByRole("tabpanel", { name: "Timeline" }).getByText("too early").first().waitFor();
  await run("commit", { "Jobs left by the rollback": "0", "Is the photo processed?": "true" });

  const late = "The job of the photo that was stored late";
  await run("separate-off", { "Jobs left by the rollback": "1", [late]: ":failed" });
  await run("separate-on", { "Jobs left by the rollback": "0", [late]: ":finished" });
  await run("same-off", { "Jobs left by the rollback": "0", [late]: ":finished" });
  await run("same-on", { "Jobs left by the rollback": "0", [late]: ":finished" });
  const table = page.locator("main table", { hasText: "Setting off" });
  expect(await table.locator("step-result").allInnerTexts()).toEqual(
    ["1", ":failed", "0", ":finished", "0", ":finished", "0", ":finished"], // row by row
  );
  await run("back", { "The queue is in the database": '"queue"' });

  const exercise = page.getByRole("region", { name: "All of the album, or nothing of it" });
  await exercise.getByRole("button", { name: "Check my answer" }).click();
  await exercise.getByText("Not yet").waitFor({ timeout: STEP_MS });
  const hints = await workbench.show("Check");
  await hints.getByText("did not find the photo").waitFor();
  await workbench.applySolution();
  await exercise.getByRole("button", { name: "Check my answer" }).click();
  await exercise.getByText("It passes.").waitFor({ timeout: STEP_MS });
  expect(workbench.errors).toEqual([]);
});
