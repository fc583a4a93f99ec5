import { getCollection } from "astro:content";
import type { LessonSource } from "../course/lesson.ts";
import { parseLessonFolder } from "../course/lesson-folder.ts";
import { loadLesson } from "../course/node/load-lesson.ts";

export interface LessonLink {
  number: number;
  title: string;
  description: string | undefined;
  minutes: number | undefined;
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
    href: `/${entry.id}/`,
    id: entry.id,
  }));
  return links.sort((a, b) => a.number - b.number);
}

/** The number of a lesson by its page's id; null for other pages. */
export async function lessonNumber(id: string): Promise<number | null> {
  return (await lessonLinks()).find((link) => link.id === id)?.number ?? null;
}

/** The lesson whose page has this id (`lessons/process-photos-later`), with its files. */
export function lessonOf(id: string): Promise<LessonSource> {
  return loadLesson(id.replace(/^lessons\//, ""));
}

function numberOf(filePath: string): number {
  const folder = filePath.split("/").at(-2) ?? "";
  return parseLessonFolder(folder)?.number ?? 0;
}
