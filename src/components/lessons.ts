import { readFile } from "node:fs/promises";
import { getCollection } from "astro:content";
import type { LessonSource } from "../course/lesson.ts";
import { parseLessonFolder } from "../course/lesson-folder.ts";
import { loadLesson } from "../course/node/load-lesson.ts";
import { siteHref } from "./site/site-links.ts";

export interface LessonLink {
  number: number;
  title: string;
  description: string | undefined;
  minutes: number | undefined;
  /** A few words for the course map: what the learner will see happen. */
  tagline: string | undefined;
  href: string;
  id: string;
}

/** All lessons in the order of the course. */
export async function lessonLinks(): Promise<LessonLink[]> {
  const entries = await getCollection("docs");
  const links = entries.map((entry) => ({
    number: numberOf(entry.filePath ?? ""),
    title: entry.data.title,
    description: entry.data.description,
    minutes: entry.data.minutes,
    tagline: entry.data.tagline,
    href: siteHref(`/${entry.id}/`),
    id: entry.id,
  }));
  return links.sort((a, b) => a.number - b.number);
}

/** The slug in a lesson page's id: `process-photos-later` of `lessons/process-photos-later`. */
export function slugOf(id: string): string {
  return id.replace(/^lessons\//, "");
}

/** The lesson whose page has this id (`lessons/process-photos-later`), with its files. */
export function lessonOf(id: string): Promise<LessonSource> {
  return loadLesson(slugOf(id));
}

/** The drawing `figures/<name>.svg` of that page's lesson. */
export async function lessonFigure(id: string, name: string): Promise<string> {
  const entry = (await getCollection("docs")).find((page) => page.id === id);
  const folder = entry?.filePath?.replace(/\/[^/]*$/, "") ?? "";
  return readFile(`${folder}/figures/${name}.svg`, "utf8");
}

function numberOf(filePath: string): number {
  const folder = filePath.split("/").at(-2) ?? "";
  return parseLessonFolder(folder)?.number ?? 0;
}
