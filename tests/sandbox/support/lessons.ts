/** All lessons, in parts of about the same work: a part is a file, which can run beside others and once more alone. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { lessonFolders, loadLesson } from "../../../src/course/node/load-lesson.ts";
import { proveLesson } from "./lesson-proof.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const PLACES = { lessons: `${ROOT}lessons`, baseApp: `${ROOT}src/sandbox/base-app` };

const PARTS = 4;

/**
 * Declares the tests of every fourth lesson.
 * @param part from 1 to 4
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
