import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { FileTree } from "../file-tree.ts";

/** Reads a folder and all below it; text as strings, anything that is not UTF-8 as bytes. */
export async function readTree(folder: string): Promise<FileTree> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const tree: FileTree = {};
  for (const entry of entries.filter((found) => found.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).split(path.sep).join("/");
    tree[name] = textOrBytes(await readFile(file));
  }
  return Object.fromEntries(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function textOrBytes(buffer: Buffer): string | Uint8Array {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(buffer);
    return text.includes("\0") ? new Uint8Array(buffer) : text;
  } catch {
    return new Uint8Array(buffer);
  }
}
