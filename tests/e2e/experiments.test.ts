/**
 * Lessons that no test of their own walks: each step of their experiments is run with its button, and
 * what the course states is read off the page. Then axe looks at it, in light and in dark.
 */
import type { Page } from "playwright";
import { expect, test, vi } from "vitest";
import { disappointed } from "../../src/course/expectation.ts";
import type { Step } from "../../src/course/experiment-schema.ts";
import { loadLesson } from "../../src/course/node/load-lesson.ts";
import { expectNoFindings } from "./support/axe.ts";
import { WorkbenchPage } from "./support/workbench.ts";

// All steps of a lesson, on a machine that is slow or busy.
vi.setConfig({ testTimeout: 600_000 });

/** A lesson with all its steps run. */
async function walked(slug: string): Promise<WorkbenchPage> {
  const { experiment } = await loadLesson(slug);
  const workbench = await WorkbenchPage.started(`/lessons/${slug}/`);
  await workbench.unfold();
  for (const [name, step] of Object.entries(experiment.steps)) {
    const prediction = workbench.page.locator(`step-prediction[data-step="${name}"]`);
    const predicted = (await prediction.count()) > 0;
    if (predicted) await prediction.getByRole("radio").first().check();
    expect(await shownBy(workbench, name, step), name).toEqual([]);
    if (predicted) await prediction.getByText("What happened here:").waitFor();
  }
  expect(await workbench.page.locator("step-result", { hasText: "not run yet" }).count()).toBe(0);
  expect(workbench.errors).toEqual([]);
  return workbench;
}

/** Runs a step. Returns what the page shows of it that is not as the course states. */
async function shownBy(workbench: WorkbenchPage, name: string, step: Step): Promise<string[]> {
  const shown = await workbench.runStep(name);
  return Object.values(step.shows).flatMap((reading, index) => {
    const { label } = reading;
    const [term, value] = shown[index] ?? [];
    if (term !== label) return [`${label} is not shown, but ${term}`];
    const complaint = disappointed(value ?? "", reading);
    return complaint ? [`${label} ${complaint}`] : [];
  });
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
    await expectNoFindings(page);
  }
}

test("two switches make four cases, and the check tells starter from solution", async () => {
  const workbench = await walked("one-database-or-two");
  const { page } = workbench;
  const table = page.locator("main table", { hasText: "Setting off" });
  expect(await table.locator("step-result").allInnerTexts()).toEqual(
    ["1", ":failed", "0", ":finished", "0", ":finished", "0", ":finished"], // row by row
  );
  const EXERCISE = "What waits, and what does not";
  await workbench.check(EXERCISE, "Not yet");
  const hints = await workbench.show("Check");
  await hints.getByText("did not find the photo").waitFor();
  await expectAccessible(page);
  await workbench.applySolution();
  await workbench.check(EXERCISE, "It passes.");
  expect(workbench.errors).toEqual([]);
});

test("the plug is pulled on three backends", async () => {
  const { page } = await walked("database-or-memory");
  const table = page.locator("main table", { hasText: "Known as failed" });
  const values = await table.locator("step-result").allInnerTexts();
  expect(values.join(" ")).toBe("2 5 5 5 3 0 5"); // row by row
  await expectAccessible(page);
});

test("a queue moves while jobs wait in it, and the check tells starter from solution", async () => {
  const workbench = await walked("choosing-a-backend");
  const EXERCISE = "Move the theatre";
  await workbench.check(EXERCISE, "Not yet");
  await expectAccessible(workbench.page);
  await workbench.applySolution();
  await workbench.check(EXERCISE, "It passes.");
});

test("a queue nobody serves, a pause, and a night to clear up", async () => {
  const { page } = await walked("watching-the-queue");
  await expectAccessible(page);
});

test("attempts are counted and given up, and the check tells starter from solution", async () => {
  const workbench = await walked("errors-and-retries");
  const EXERCISE = "Order prints, whatever the shop says";
  await workbench.check(EXERCISE, "Not yet");
  await expectAccessible(workbench.page); // with a hint in the Check panel
  await workbench.applySolution();
  await workbench.check(EXERCISE, "It passes.");
});

test("what runs by the clock", async () => {
  const { page } = await walked("recurring-jobs");
  await expectAccessible(page);
});

test("schedules read by the explorer and as a crontab, and mended as the customers said", async () => {
  const workbench = await walked("reading-a-schedule");
  const { page } = workbench;
  await page.getByRole("button", { name: "0 0 13 * 5", exact: true }).click();
  await page.getByText("fits one of the two").waitFor();
  await page.getByText("The next 5 runs:").waitFor();
  await page.getByLabel("Schedule", { exact: true }).fill("every blue moon");
  await page.getByRole("button", { name: "Read it" }).click();
  await page.getByText("Solid Queue has no use for it.").waitFor();
  await expectAccessible(page);
  const panel = await workbench.show("Console");
  await panel.getByLabel("Language of the prompt").selectOption("shell");
  await panel.getByLabel(/Shell command/).fill("crontab -l");
  await panel.getByLabel(/Shell command/).press("Enter");
  const crontab = await panel.locator(".wb-shell").innerText();
  expect(crontab).toMatch(/^0 \* \* \* \* +ImportJob\(.*# import: /m);
  expect(crontab).toContain("# invoices: At 06:30, on day 1 of the month");
  expect(crontab).not.toContain("ReportJob");
  const EXERCISE = "As the customers said";
  await workbench.check(EXERCISE, "Not yet");
  await workbench.applySolution();
  await workbench.check(EXERCISE, "It passes.");
});

test("the night and the morning after it", async () => {
  const workbench = await walked("capstone");
  await expectAccessible(workbench.page);
});
