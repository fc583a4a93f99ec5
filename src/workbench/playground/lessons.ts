import type { StartingApp } from "../../course/playground.ts";

/** A lesson's apps: as it begins, and with its solution where it has one. */
export interface LessonApps {
  title: string;
  about: string;
  apps: StartingApp[];
}

/** The lessons in which each word of the query stands: in the title, in what they are about, or in a file's name. */
export function lessonsFound(apps: readonly StartingApp[], query: string): LessonApps[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const lessons = Map.groupBy(
    apps.filter(({ about }) => about !== ""),
    ({ title }) => title,
  );
  return [...lessons]
    .map(([title, own]) => ({ title, about: own[0]?.about ?? "", apps: own }))
    .filter(({ title, about, apps: own }) => {
      const text = [title, about, ...own.flatMap(({ focus }) => focus)].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    });
}
