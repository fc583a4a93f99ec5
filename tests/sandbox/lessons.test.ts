/** Every lesson is executed. `-t <slug>` runs one. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { lessonFolders, loadLesson } from "../../src/course/node/load-lesson.ts";
import { proveLesson } from "./support/lesson-proof.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PLACES = { lessons: `${ROOT}lessons`, baseApp: `${ROOT}src/sandbox/base-app` };

const folders = await lessonFolders(PLACES);

test("there are lessons", () => {
  expect(folders.length).toBeGreaterThan(0);
});

/** Two lessons at a time: one alone leaves a processor idle while it waits. */
const LANES = [0, 1];

const lessons = await Promise.all(
  folders.map(async (folder) => ({
    lesson: await loadLesson(folder, PLACES),
    text: await readFile(`${PLACES.lessons}/${folder}/index.mdx`, "utf8"),
  })),
);

for (const lane of LANES) {
  describe.concurrent(`lane ${lane + 1}`, () => {
    for (const [index, { lesson, text }] of lessons.entries())
      if (index % LANES.length === lane) proveLesson(lesson, text);
  });
}
