import path from "node:path";
import { overlay, type FileTree } from "../file-tree.ts";
import { EMPTY_APP, emptyApp, lessonApps, PHOTO_APP, type StartingApp } from "../playground.ts";
import { frontMatter } from "./front-matter.ts";
import { lessonFolders, loadLesson } from "./load-lesson.ts";
import { readTree } from "./read-tree.ts";

/** All apps that the playground can start from, with their files. */
export async function loadStartingApps(): Promise<{ app: StartingApp; files: FileTree }[]> {
  const base = await readTree("src/sandbox/base-app");
  const empty = await readTree("src/course/playground/empty");
  const lessons = await Promise.all((await lessonFolders()).map(appsOfLesson));
  return [
    { app: PHOTO_APP, files: base },
    { app: EMPTY_APP, files: emptyApp(base, empty) },
    ...lessons.flat(),
  ];
}

async function appsOfLesson(folder: string) {
  const lesson = await loadLesson(folder);
  const { title, tagline, files } = await frontMatter(path.join("lessons", folder, "index.mdx"));
  const starter = overlay(lesson.base, lesson.app);
  const solved = overlay(starter, lesson.solution);
  const apps = lessonApps(lesson, {
    title: String(title),
    about: typeof tagline === "string" ? tagline : "",
    focus: focusOf(files),
  });
  return apps.map((app) => ({ app, files: app.id.endsWith("-solution") ? solved : starter }));
}

/** `files.focus` of a lesson's front matter; the schema of the site's content has checked it. */
function focusOf(files: unknown): string[] {
  const { focus } = (files ?? {}) as { focus?: string[] };
  return focus ?? ["app/jobs/application_job.rb"];
}
