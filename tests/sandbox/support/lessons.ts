/** All lessons, in parts of about the same work: a part is a file, which can run beside others and once more alone. */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { lessonFolders, loadLesson } from "../../../src/course/node/load-lesson.ts";
import { proveLesson } from "./lesson-proof.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const PLACES = { lessons: `${ROOT}lessons`, baseApp: `${ROOT}src/sandbox/base-app` };

/** One for each file `lessons-<part>.test.ts`. */
const PARTS = (await readdir(`${ROOT}tests/sandbox`)).filter((name) =>
  /^lessons-\d+\.test\.ts$/.test(name),
).length;

/**
 * Declares the tests of every lesson of that part.
 * @param part from 1 to the number of such files
 * @throws when there is no lesson in it
 */
export async function proveLessons(part: number): Promise<void> {
  const folders = (await lessonFolders(PLACES)).filter((_, index) => index % PARTS === part - 1);
  if (folders.length === 0) throw new Error(`Part ${part} of the lessons is empty.`);
  for (const folder of folders) {
    const text = await readFile(`${PLACES.lessons}/${folder}/index.mdx`, "utf8");
    proveLesson(await loadLesson(folder, PLACES), text);
  }
}
