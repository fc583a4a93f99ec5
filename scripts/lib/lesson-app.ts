/** What the command line asks of a lesson: its files, and a sandbox that runs them. */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { overlay, type FileTree } from "../../src/course/file-tree.ts";
import type { LessonSource } from "../../src/course/lesson.ts";
import { loadLesson } from "../../src/course/node/load-lesson.ts";
import { readTree } from "../../src/course/node/read-tree.ts";
import { readBootImage } from "../../src/sandbox/boot-image/read.ts";
import { createNodeSandbox } from "../../src/sandbox/local/node.ts";
import { ensureBootImage } from "./boot-image.ts";
import type { Sandbox, StartOptions } from "../../src/sandbox/sandbox.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

export interface LessonApp {
  lesson: LessonSource;
  files: FileTree;
}

/** @param layers laid over the lesson's starter, in this order: its solution if wanted, a folder */
export async function lessonApp(
  slug: string,
  layers: { solution?: boolean | undefined; folder?: string | undefined },
): Promise<LessonApp> {
  const lesson = await loadLesson(slug, {
    lessons: join(ROOT, "lessons"),
    baseApp: join(ROOT, "src/sandbox/base-app"),
  });
  const folder = layers.folder === undefined ? {} : await folderFiles(resolve(layers.folder));
  const solution = layers.solution ? lesson.solution : {};
  return { lesson, files: overlay(lesson.base, lesson.app, solution, folder) };
}

/** Boots a sandbox under Node with these files. The caller disposes of it. */
export async function bootSandbox(files: FileTree, processes: StartOptions[]): Promise<Sandbox> {
  await ensureBootImage({ say: (text) => process.stderr.write(text) });
  const sandbox = createNodeSandbox();
  await sandbox.boot({ files, processes, image: readBootImage(join(ROOT, "public/boot")) });
  return sandbox;
}

async function folderFiles(folder: string): Promise<FileTree> {
  const files = await readTree(folder);
  if (Object.keys(files).length === 0) throw new Error(`There are no files in ${folder}.`);
  return files;
}
