/** Longest path that a new file may have. */
const MAX_LENGTH = 200;
/** Longest name of one folder or file, as most file systems have it. */
const MAX_NAME = 100;
const NAME = /^[\w.@+-][\w.@+ -]*$/;

/**
 * Says, as a sentence, why a file cannot have this path in the app; null when it can.
 * @param existing paths of all files that are there, the new one not among them
 */
export function pathProblem(path: string, existing: Iterable<string>): string | null {
  if (path === "") return "The file needs a name.";
  if (path.length > MAX_LENGTH) return `The path is longer than ${MAX_LENGTH} characters.`;
  if (path.startsWith("/"))
    return "The path starts at the app's folder, without a slash before it.";
  const names = path.split("/");
  const bad = names.find((name) => !isName(name));
  if (bad !== undefined) {
    return bad === ""
      ? "The path has a slash too many."
      : `“${bad}” is not a name for a file here: use letters, digits, dots, dashes and underscores.`;
  }
  for (const other of existing) {
    if (other === path) return `There is a file ${path} already.`;
    if (other.startsWith(`${path}/`)) return `${path} is a folder already.`;
    if (path.startsWith(`${other}/`)) return `${other} is a file, so nothing can be put into it.`;
  }
  return null;
}

function isName(name: string): boolean {
  return name !== "." && name !== ".." && name.length <= MAX_NAME && NAME.test(name);
}
