import type { FileTree } from "./file-tree.ts";
import type { LessonFiles, LessonSource } from "./lesson.ts";
import { overlay } from "./file-tree.ts";

/** An app that the playground can start from. */
export interface StartingApp {
  /** Names it in addresses and in the browser's storage. */
  id: string;
  title: string;
  description: string;
  /** What its lesson is about; empty for an app of no lesson. */
  about: string;
  /** Tabs of a first visit. */
  focus: string[];
}

/** Files of the base app that belong to its photos, and not to every Rails app. */
const OF_THE_PHOTOS =
  /photo|^db\/schema\.rb$|^config\/routes\.rb$|^test\/fixtures\/|^app\/views\/layouts\/application/;

/** The base app without its photos, with the files of the empty app laid over it. */
export function emptyApp(base: FileTree, empty: FileTree): FileTree {
  const kept = Object.entries(base).filter(([path]) => !OF_THE_PHOTOS.test(path));
  return overlay(Object.fromEntries(kept), empty);
}

export const PHOTO_APP: StartingApp = {
  id: "photo-app",
  title: "The photo app",
  description: "The app of the course: photos, a model that processes them, no job yet.",
  about: "",
  focus: [
    "app/controllers/photos_controller.rb",
    "app/models/photo.rb",
    "app/jobs/application_job.rb",
  ],
};

export const EMPTY_APP: StartingApp = {
  id: "empty-app",
  title: "An empty app",
  description: "One page, one job, no tables.",
  about: "",
  focus: ["app/jobs/hello_job.rb", "app/controllers/home_controller.rb", "config/queue.yml"],
};

interface LessonText {
  title: string;
  /** The lesson in a few words. */
  about: string;
  focus: string[];
}

/** The two apps of a lesson: as it begins, and as it ends. */
export function lessonApps(
  lesson: Pick<LessonSource, "slug" | "number" | "solution">,
  { title, about, focus }: LessonText,
): StartingApp[] {
  const app = (id: string, description: string) => ({
    id,
    title: `${lesson.number}. ${title}`,
    description,
    about,
    focus,
  });
  const start = app(`${lesson.slug}-start`, "As the lesson begins");
  if (Object.keys(lesson.solution).length === 0) return [start];
  return [start, app(`${lesson.slug}-solution`, "With the solution")];
}

/** Files for the workbench: the playground has no solution and no check. */
export function playgroundFiles(id: string, files: FileTree): LessonFiles {
  return { slug: slugOf(id), files, solution: {}, check: "", variants: {} };
}

/** The name under which the browser keeps an app of the playground. */
export function slugOf(id: string): string {
  return `playground-${id}`;
}
