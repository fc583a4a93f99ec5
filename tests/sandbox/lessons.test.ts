/** Every lesson is executed. `-t <slug>` runs one. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lessonFolders, loadLesson } from "../../src/course/node/load-lesson.ts";
import { proveLesson } from "./support/lesson-proof.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PLACES = { lessons: `${ROOT}lessons`, baseApp: `${ROOT}src/sandbox/base-app` };

const folders = await lessonFolders(PLACES);

test("there are lessons", () => {
  expect(folders.length).toBeGreaterThan(0);
});

for (const folder of folders) {
  const text = await readFile(`${PLACES.lessons}/${folder}/index.mdx`, "utf8");
  proveLesson(await loadLesson(folder, PLACES), text);
}
