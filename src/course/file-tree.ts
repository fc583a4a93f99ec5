/** Relative path of a file in the app (`app/jobs/photo_job.rb`) to its content. */
export type FileTree = Record<string, string | Uint8Array>;

/** Lays file trees over each other: a later tree's file replaces an earlier one's. */
export function overlay(...trees: readonly FileTree[]): FileTree {
  const merged: FileTree = Object.assign({}, ...trees);
  return Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Paths whose content in `changed` is not that in `original`, sorted. */
export function changedPaths(original: FileTree, changed: FileTree): string[] {
  return Object.keys(changed)
    .filter((path) => !sameContent(original[path], changed[path]))
    .sort();
}

function sameContent(a: string | Uint8Array | undefined, b: string | Uint8Array | undefined) {
  if (typeof a === "string" || typeof b === "string") return a === b;
  if (!a || !b || a.length !== b.length) return false;
  return a.every((byte, index) => byte === b[index]);
}
