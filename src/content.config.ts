import { defineCollection } from "astro:content";
import { docsSchema } from "@astrojs/starlight/schema";
import { glob } from "astro/loaders";
import { z } from "astro/zod";
import { parseLessonFolder } from "./course/lesson-folder.ts";

/** What a lesson's front matter says, besides Starlight's own fields. */
const lessonSchema = z.object({
  /** A few words for the course map: what the learner will see happen. */
  tagline: z.string().max(60).optional(),
  /** The app in lessons/_apps/ that the lesson starts from; without it, the base app. */
  app: z.string().optional(),
  /** All together; no fewer than the tests count (src/course/node/lesson-minutes.ts). */
  minutes: z.number().int().positive().optional(),
  /** How many of them the exercise takes, where it is a project. */
  exercise: z.number().int().positive().optional(),
  objectives: z.array(z.string()).default([]),
  buildsOn: z.array(z.string()).default([]),
  files: z.object({ focus: z.array(z.string()).min(1), open: z.string() }).optional(),
});

/** `07-photo-from-a-controller/index.mdx` becomes the page `lessons/photo-from-a-controller`. */
function idOf(entry: string): string {
  const folder = entry.split("/")[0] ?? "";
  const lesson = parseLessonFolder(folder);
  if (!lesson) throw new Error(`lessons/${folder} is not named like 07-a-slug.`);
  return `lessons/${lesson.slug}`;
}

export const collections = {
  docs: defineCollection({
    loader: glob({
      base: "./lessons",
      pattern: "*/index.mdx",
      generateId: ({ entry }) => idOf(entry),
    }),
    schema: docsSchema({ extend: lessonSchema }),
  }),
};
