/** Reads a folder into a `FileTree`: text as strings, everything else as bytes. */
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import type { FileTree } from "../../src/sandbox/sandbox.ts";

const BINARY = new Set([".jpg", ".jpeg", ".png", ".gif", ".webp", ".ico"]);

/** Paths are relative to `folder`, with forward slashes, sorted. Missing folders are empty. */
export function readTree(folder: string): FileTree {
  const files: FileTree = {};
  for (const path of filesBelow(folder).sort()) {
    const name = relative(folder, path).split(sep).join("/");
    files[name] = BINARY.has(extname(path)) ? new Uint8Array(readFileSync(path)) : readFileSync(path, "utf8");
  }
  return files;
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
