import { changedPaths } from "../../course/file-tree.ts";
import type { Edits } from "../../course/saved-edits.ts";
import type { Workspace } from "./workspace.ts";

/** Two versions of the app's files, side by side. */
export interface Comparison {
  kind: "starter" | "solution" | "shared";
  /** What stands on the left and on the right. */
  left: string;
  right: string;
  /** Files that differ, sorted. */
  paths: readonly string[];
  /** Both versions of a file; empty where there is none. */
  sides(path: string): { left: string; right: string };
  /** What can be taken over from the right; null where the right is the learner's own. */
  apply: { label: string; question: string; run(): void } | null;
}

type Files = Pick<
  Workspace,
  "edits" | "text" | "starter" | "solution" | "solutionPaths" | "applySolution" | "applyEdits"
>;

/** What the learner has changed. */
export function compareWithStarter(files: Files): Comparison {
  return {
    kind: "starter",
    left: "As the lesson gave it",
    right: "Yours",
    paths: Object.keys(files.edits.value).sort(),
    sides: (path) => ({ left: files.starter(path) ?? "", right: files.text(path) }),
    apply: null,
  };
}

/** What the solution would change in the learner's files. */
export function compareWithSolution(files: Files): Comparison {
  const paths = files.solutionPaths();
  return {
    kind: "solution",
    left: "Yours",
    right: "The solution",
    paths,
    sides: (path) => ({ left: files.text(path), right: files.solution(path) ?? "" }),
    apply: {
      label: "Use the solution",
      question: `Replace ${these(paths.length)} by the solution's? You can take it back.`,
      run: () => files.applySolution(),
    },
  };
}

/** What somebody else's version would change in the learner's files. */
export function compareWithShared(files: Files, shared: Edits): Comparison {
  const mine = files.edits.value;
  const all = [...new Set([...Object.keys(mine), ...Object.keys(shared)])];
  const theirs = (path: string) => (path in shared ? shared[path] : files.starter(path)) ?? "";
  const texts = (text: (path: string) => string) =>
    Object.fromEntries(all.map((path) => [path, text(path)]));
  const paths = changedPaths(texts(files.text), texts(theirs));
  return {
    kind: "shared",
    left: "Yours",
    right: "Shared with you",
    paths,
    sides: (path) => ({ left: files.text(path), right: theirs(path) }),
    apply: {
      label: "Use this code",
      question: `Replace ${these(paths.length)} by the shared code? You can take it back.`,
      run: () => files.applyEdits("The shared code has replaced your files.", shared),
    },
  };
}

function these(count: number): string {
  return count === 1 ? "this file" : `these ${count} files`;
}
