import { strToU8, zipSync, type Zippable } from "fflate";
import type { FileTree } from "../../course/file-tree.ts";

const UNIX = 3;
const PROGRAM = 0o100755;
const FILE = 0o100644;
/** Zip files count time from 1980; a fixed moment makes equal apps equal files. */
const MOMENT = new Date("2025-01-01T00:00:00");

/**
 * The files of the app for a developer's machine: the learner's, with the native ones laid over
 * them. What is in `bin/` may be run.
 * @param folder the folder that the zip unpacks to
 */
export function zipApp(app: FileTree, native: FileTree, folder: string): Uint8Array<ArrayBuffer> {
  const entries = Object.entries({ ...app, ...native }).sort(([a], [b]) => (a < b ? -1 : 1));
  const zippable: Zippable = {};
  for (const [path, content] of entries) {
    const bytes = typeof content === "string" ? strToU8(content) : content;
    const mode = path.startsWith("bin/") ? PROGRAM : FILE;
    zippable[`${folder}/${path}`] = [bytes, { os: UNIX, attrs: mode << 16, mtime: MOMENT }];
  }
  return zipSync(zippable, { level: 6 });
}
