import { RequestError } from "./errors.ts";

/** Where the app lies in a process's file system; databases inside are named relative to it. */
const ROOT = "/workspace/";
const MAX_LENGTH = 300;

/** A path as `config/database.yml` or Ruby gives it, made unique: `storage/development.sqlite3`. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of withoutRoot(path).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const normal = parts.join("/");
  if (normal === "" || normal.length > MAX_LENGTH || normal.includes("\0")) {
    throw new RequestError("not a path of a database");
  }
  return normal;
}

/** Databases without a file: each connection has its own. */
export function isInMemory(path: string): boolean {
  return (
    path === "" || path.startsWith(":memory:") || /^file:(:memory:|.*[?&]mode=memory)/.test(path)
  );
}

/** The name in SQLite's file system, which has no directories. */
export function fileName(path: string): string {
  return "/" + encodeURIComponent(path);
}

function withoutRoot(path: string): string {
  const local = path.startsWith("file:") ? path.slice(5).replace(/[?#].*/s, "") : path;
  const plain = local.replace(/^\/\/(?=\/)/, "");
  return plain.startsWith(ROOT) ? plain.slice(ROOT.length) : plain;
}
