import type { Engine } from "./engine.ts";
import { SqliteError } from "./errors.ts";
import { fileName } from "./paths.ts";

/** What SQLite lays beside a database file. */
const COMPANIONS = ["-wal", "-shm", "-journal"];

/** Writes a file into SQLite's file system in place of what is there. No connection may have it open. */
export function replaceFile(engine: Engine, path: string, bytes: Uint8Array): void {
  removeFile(engine, path);
  const { sqlite } = engine;
  const start = sqlite.alloc(bytes.byteLength + 1);
  sqlite.heap.set(bytes, start);
  const code = sqlite.withCString(fileName(path), (name) =>
    sqlite.fn.sqlite3__wasm_posix_create_file(name, start, bytes.byteLength),
  );
  sqlite.free(start);
  if (code !== 0) throw new SqliteError({ message: "the file could not be written", code });
}

export function removeFile({ sqlite }: Engine, path: string): void {
  for (const suffix of ["", ...COMPANIONS]) {
    sqlite.withCString(fileName(path) + suffix, (name) =>
      sqlite.fn.sqlite3__wasm_vfs_unlink(sqlite.vfs, name),
    );
  }
}
