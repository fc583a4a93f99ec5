/** One row of the file tree as it is seen: a folder, or a file. */
export interface TreeRow {
  kind: "folder" | "file";
  /** Of a file its path; of a folder its path without a slash at the end. */
  path: string;
  name: string;
  /** 1 for what lies in the app's own folder. */
  level: number;
  /** Place among the rows of the same folder, from 1, and how many they are: for screen readers. */
  position: number;
  siblings: number;
  /** Folders only. */
  open: boolean;
}

interface Folder {
  folders: Map<string, Folder>;
  files: string[];
}

/** The rows of a tree in which only these folders are open: folders first, each sorted by name. */
export function treeRows(paths: readonly string[], isOpen: (folder: string) => boolean): TreeRow[] {
  const root = folder();
  for (const path of paths) {
    const names = path.split("/");
    const file = names.pop() ?? "";
    let place = root;
    for (const name of names) place = child(place, name);
    place.files.push(file);
  }
  return rowsOf(root, "", 1, isOpen);
}

const folder = (): Folder => ({ folders: new Map(), files: [] });

function child(parent: Folder, name: string): Folder {
  const known = parent.folders.get(name) ?? folder();
  parent.folders.set(name, known);
  return known;
}

function rowsOf(
  place: Folder,
  prefix: string,
  level: number,
  isOpen: (folder: string) => boolean,
): TreeRow[] {
  const folders = [...place.folders].sort(([a], [b]) => (a < b ? -1 : 1));
  const siblings = folders.length + place.files.length;
  const inFolders = folders.flatMap(([name, inner], index): TreeRow[] => {
    const path = prefix + name;
    const open = isOpen(path);
    const row = { kind: "folder", path, name, level, position: index + 1, siblings, open } as const;
    return open ? [row, ...rowsOf(inner, `${path}/`, level + 1, isOpen)] : [row];
  });
  const files = [...place.files].sort().map((name, index): TreeRow => ({
    kind: "file",
    path: prefix + name,
    name,
    level,
    position: folders.length + index + 1,
    siblings,
    open: false,
  }));
  return [...inFolders, ...files];
}

/** The folders that lead to a file: `app`, `app/models` for `app/models/photo.rb`. */
export function foldersOf(path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

/** What a key does in a tree (ARIA's tree view); null for other keys. */
export type TreeMove = { to: number } | { fold: string; open: boolean } | null;

/** @param at index of the row that has the focus */
export function treeMove(key: string, rows: readonly TreeRow[], at: number): TreeMove {
  const row = rows[at];
  if (!row) return null;
  const to = (index: number) => (rows[index] ? { to: index } : null);
  switch (key) {
    case "ArrowDown":
      return to(at + 1);
    case "ArrowUp":
      return to(at - 1);
    case "Home":
      return to(0);
    case "End":
      return to(rows.length - 1);
    case "ArrowRight":
      if (row.kind === "file") return null;
      return row.open ? to(at + 1) : { fold: row.path, open: true };
    case "ArrowLeft":
      if (row.kind === "folder" && row.open) return { fold: row.path, open: false };
      return to(parentOf(rows, at));
    default:
      return null;
  }
}

function parentOf(rows: readonly TreeRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  for (let index = at - 1; index >= 0; index--) {
    if ((rows[index]?.level ?? 0) < level) return index;
  }
  return -1;
}

/** The next row whose name begins with the letter, from the one after `at`, round and round. */
export function rowByLetter(rows: readonly TreeRow[], at: number, letter: string): number {
  const wanted = letter.toLowerCase();
  for (let step = 1; step <= rows.length; step++) {
    const index = (at + step) % rows.length;
    if (rows[index]?.name.toLowerCase().startsWith(wanted)) return index;
  }
  return -1;
}
