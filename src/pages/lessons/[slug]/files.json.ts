import type { APIRoute, GetStaticPaths } from "astro";
import { encodeLesson } from "../../../course/lesson.ts";
import { parseLessonFolder } from "../../../course/lesson-folder.ts";
import { lessonFolders, loadLesson } from "../../../course/node/load-lesson.ts";

export const getStaticPaths: GetStaticPaths = async () => {
  const folders = await lessonFolders();
  return folders.map((folder) => ({ params: { slug: parseLessonFolder(folder)?.slug } }));
};

/** A lesson's files, for the workbench: fetched when the learner starts it. */
export const GET: APIRoute = async ({ params }) =>
  Response.json(encodeLesson(await loadLesson(params["slug"] ?? "")));
