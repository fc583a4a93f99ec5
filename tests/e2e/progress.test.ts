/** The learner's progress: marked in the course's line, kept, saved to a file, forgotten. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { openPage, siteUrl } from "./support/site.ts";
import { LESSON } from "./support/workbench.ts";

const STOP = '[data-lesson="process-photos-later"]';
const KEY = "perform-later:progress";

/** What a browser holds in which this lesson's check has passed. */
const DONE = JSON.stringify({
  version: 2,
  lessons: { "process-photos-later": { exercise: true, quiz: [0] } },
  last: "process-photos-later",
});

test("an opened lesson is started, and home leads back to it", async () => {
  const { page } = await openPage(LESSON);
  await expect.poll(() => page.locator(STOP).getAttribute("data-progress")).toBe("started");
  await page.goto(`${siteUrl}/`);
  expect(await page.getByRole("link", { name: "Go on with lesson" }).getAttribute("href")).toBe(
    LESSON,
  );
  expect(await page.locator(`course-map ${STOP}`).innerText()).toContain("started");
});

test("the progress goes to a file and comes back from it", async () => {
  const { page } = await openPage("/progress/");
  await page.evaluate(([key, done]) => localStorage.setItem(key, done), [KEY, DONE] as const);
  await page.reload();
  await expect
    .poll(() => page.locator(`course-map ${STOP}`).getAttribute("data-progress"))
    .toBe("done");

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save to a file" }).click();
  const file = await readFile(await (await download).path());

  page.on("dialog", (dialog) => void dialog.accept());
  await page.getByRole("button", { name: "Forget my progress" }).click();
  await expect
    .poll(() => page.locator(`course-map ${STOP}`).getAttribute("data-progress"))
    .toBe("new");

  const input = page.getByLabel("Open a file");
  await input.setInputFiles({
    name: "other.json",
    mimeType: "application/json",
    buffer: Buffer.from("{}"),
  });
  await page.getByText("Nothing was changed").waitFor();
  await input.setInputFiles({ name: "p.json", mimeType: "application/json", buffer: file });
  await expect
    .poll(() => page.locator(`course-map ${STOP}`).getAttribute("data-progress"))
    .toBe("done");
  expect(await page.locator("course-nav [data-done]").innerText()).toBe("1");
});
