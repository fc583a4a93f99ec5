import { decodeTree, encodeTree, mapValues, type EncodedTree } from "./encode.ts";
import type { Experiment } from "./experiment-schema.ts";
import { overlay, type FileTree } from "./file-tree.ts";

/** A wrong answer that the lesson's check must refuse, with the hint it must give. */
export interface WrongAnswer {
  name: string;
  /** Laid over the lesson's app. */
  files: FileTree;
  hint: string;
}

/** A right answer other than the solution, which the lesson's check must accept. */
export interface RightAnswer {
  name: string;
  /** Laid over the lesson's app. */
  files: FileTree;
}

/** A lesson's folder, read from the disk. */
export interface LessonSource {
  slug: string;
  /** Number in the course, from the folder's name. */
  number: number;
  /** The Rails app that the lesson starts from: the base app, with a shared app over it. */
  base: FileTree;
  /** Laid over `base`. */
  app: FileTree;
  /** Laid over `app`. */
  solution: FileTree;
  /** Ruby source of the check; empty where the lesson has none. */
  check: string;
  wrong: WrongAnswer[];
  right: RightAnswer[];
  /** What the buttons of the text's experiment do. */
  experiment: Experiment;
  /** Files that a step of the experiment lays over the learner's, by name. */
  variants: Record<string, FileTree>;
}

/** What the workbench needs of a lesson. */
export interface LessonFiles {
  slug: string;
  /** The app as the learner finds it. */
  files: FileTree;
  /** Laid over `files`. */
  solution: FileTree;
  check: string;
  /** Files that a step of the experiment lays over the learner's, by name. */
  variants: Record<string, FileTree>;
}

interface EncodedLesson {
  version: 1;
  slug: string;
  files: EncodedTree;
  solution: EncodedTree;
  check: string;
  variants: Record<string, EncodedTree>;
}

/** The body of `/lessons/<slug>/files.json`. */
export function encodeLesson(lesson: LessonSource): EncodedLesson {
  return encodeFiles({ ...lesson, files: overlay(lesson.base, lesson.app) });
}

/** The same for an app that is no lesson's. */
export function encodeFiles({
  slug,
  files,
  solution,
  check,
  variants,
}: LessonFiles): EncodedLesson {
  return {
    version: 1,
    slug,
    files: encodeTree(files),
    solution: encodeTree(solution),
    check,
    variants: mapValues(variants, encodeTree),
  };
}

/** Reads what `encodeLesson` wrote. */
export function decodeLesson(json: unknown): LessonFiles {
  const lesson = json as EncodedLesson;
  if (lesson.version !== 1) throw new Error("The lesson's files have a version this page ignores.");
  return {
    slug: lesson.slug,
    files: decodeTree(lesson.files),
    solution: decodeTree(lesson.solution),
    check: lesson.check,
    variants: mapValues(lesson.variants, decodeTree),
  };
}
