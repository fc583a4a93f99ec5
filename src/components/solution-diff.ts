import { createTwoFilesPatch } from "diff";
import { changedPaths, overlay } from "../course/file-tree.ts";
import type { LessonSource } from "../course/lesson.ts";

export interface FileDiff {
  path: string;
  /** Lines with `+`, `-` or a space before them, as `diff -u` prints hunks. */
  diff: string;
}

/** What the solution changes in the starter, file by file. */
export function solutionDiff(lesson: LessonSource): FileDiff[] {
  const starter = overlay(lesson.base, lesson.app);
  return changedPaths(starter, lesson.solution).map((path) => ({
    path,
    diff: hunks(text(starter[path]), text(lesson.solution[path])),
  }));
}

const text = (content: string | Uint8Array | undefined) =>
  typeof content === "string" ? content : "";

/** The patch without its header, which would name the file twice. */
function hunks(before: string, after: string): string {
  const patch = createTwoFilesPatch("", "", before, after, "", "", { context: 3 });
  return patch.slice(patch.indexOf("@@")).trimEnd();
}
