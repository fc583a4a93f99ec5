import type { FileTree } from "../../course/file-tree.ts";
import type { Edits } from "../../course/saved-edits.ts";
import type { SandboxFiles } from "../../sandbox/sandbox.ts";

/** Paths whose edit is not the same in both. */
export function differing(a: Edits, b: Edits): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((path) => a[path] !== b[path]);
}

/** The edits of these paths alone. */
export function only(edits: Edits, paths: readonly string[]): Edits {
  return Object.fromEntries(Object.entries(edits).filter(([path]) => paths.includes(path)));
}

/** The edits of all other paths. */
export function without(edits: Edits, paths: readonly string[]): Edits {
  return Object.fromEntries(Object.entries(edits).filter(([path]) => !paths.includes(path)));
}

/** Where edits are written. */
export type EditTarget = Pick<SandboxFiles, "list" | "write" | "delete">;

/**
 * Writes edits over the files of a sandbox; those that it deletes go first, and make room for folders of their name.
 * A file to delete may be gone already: the lesson may have lost it since the edit was kept.
 * @param written is told each path once it is there, or gone
 * @throws Error when the sandbox does not take a file
 */
export function writeEdits(
  target: EditTarget,
  edits: Edits,
  written: (path: string) => void = () => {},
): void {
  const there = new Set(target.list());
  const goneFirst = Object.entries(edits).sort(
    ([, a], [, b]) => Number(a !== null) - Number(b !== null),
  );
  for (const [path, text] of goneFirst) {
    if (text !== null) target.write(path, text);
    else if (there.has(path)) target.delete(path);
    written(path);
  }
}

/** The text files of an app. */
export function textFiles(tree: FileTree): Record<string, string> {
  const isText = (entry: [string, unknown]): entry is [string, string] =>
    typeof entry[1] === "string";
  return Object.fromEntries(Object.entries(tree).filter(isText));
}

/** Paths of the files that are no text. */
export function binaryPaths(tree: FileTree): string[] {
  return Object.keys(tree).filter((path) => typeof tree[path] !== "string");
}
