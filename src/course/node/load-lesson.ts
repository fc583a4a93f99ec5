import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { overlay, type FileTree } from "../file-tree.ts";
import type { LessonSource, RightAnswer, WrongAnswer } from "../lesson.ts";
import { parseLessonFolder } from "../lesson-folder.ts";
import { frontMatter } from "./front-matter.ts";
import { loadExperiment } from "./load-experiment.ts";
import { readTree } from "./read-tree.ts";

export interface LessonPlaces {
  lessons: string;
  baseApp: string;
}

const PLACES: LessonPlaces = { lessons: "lessons", baseApp: "src/sandbox/base-app" };
const HINT = "hint.txt";
/** Apps that several lessons start from. */
const APPS = "_apps";

/** The folders of all lessons, in the order of the course. */
export async function lessonFolders(places = PLACES): Promise<string[]> {
  const names = await readdir(places.lessons).catch(() => []);
  return names.filter((name) => parseLessonFolder(name)).sort();
}

/** Reads one lesson; `slug` may be its folder's name with or without the number. */
export async function loadLesson(slug: string, places = PLACES): Promise<LessonSource> {
  const folders = await lessonFolders(places);
  const name = folders.find(
    (folder) => folder === slug || parseLessonFolder(folder)?.slug === slug,
  );
  const parsed = name && parseLessonFolder(name);
  if (!parsed) throw new Error(`There is no lesson "${slug}" in ${places.lessons}/.`);

  const folder = path.join(places.lessons, name);
  return {
    ...parsed,
    base: await loadBase(folder, places),
    app: await readTree(path.join(folder, "app")),
    solution: await readTree(path.join(folder, "solution")),
    check: await readFile(path.join(folder, "check.rb"), "utf8").catch(() => ""),
    wrong: await loadWrongAnswers(path.join(folder, "wrong")),
    right: await loadRightAnswers(path.join(folder, "right")),
    experiment: await loadExperiment(path.join(folder, "experiment.yml")),
    variants: await readTrees(path.join(folder, "variants")),
  };
}

/** The base app; over it the app in `lessons/_apps/` that the lesson's front matter names, if any. */
async function loadBase(folder: string, places: LessonPlaces): Promise<FileTree> {
  const base = await readTree(places.baseApp);
  const { app } = await frontMatter(path.join(folder, "index.mdx"));
  if (typeof app !== "string") return base;
  const shared = await readTree(path.join(places.lessons, APPS, app));
  if (Object.keys(shared).length === 0) throw new Error(`${folder}: there is no app "${app}".`);
  return overlay(base, shared);
}

async function loadWrongAnswers(folder: string): Promise<WrongAnswer[]> {
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names.sort().map(async (name) => {
      const { [HINT]: hint, ...files } = await readTree(path.join(folder, name));
      if (typeof hint !== "string") throw new Error(`${folder}/${name} has no ${HINT}.`);
      return { name, files, hint: hint.trim() };
    }),
  );
}

async function loadRightAnswers(folder: string): Promise<RightAnswer[]> {
  return Object.entries(await readTrees(folder)).map(([name, files]) => ({ name, files }));
}

/** The folders in this folder, by name. */
async function readTrees(folder: string): Promise<Record<string, FileTree>> {
  const names = await readdir(folder).catch(() => []);
  const entries = names.sort().map(async (name) => [name, await readTree(path.join(folder, name))]);
  return Object.fromEntries(await Promise.all(entries));
}
