/** The files of one process: an in-memory tree on browser_wasi_shim's classes. */
import { Directory, PreopenDirectory, type Inode } from "@bjorn3/browser_wasi_shim";
import type { FileTree } from "../sandbox.ts";
import { MemoryFile } from "./memory-file.ts";

const encoder = new TextEncoder();

/** Where the app lies in every process. */
export const APP_ROOT = "workspace";

class MemoryDirectory extends Directory {
  readonly now: () => bigint;

  constructor(contents: Map<string, Inode>, now: () => bigint) {
    super(contents);
    this.now = now;
  }

  override create_entry_for_path(path: string, isDirectory: boolean) {
    const created = super.create_entry_for_path(path, isDirectory);
    if (created.entry === null) return created;
    const entry = isDirectory
      ? new MemoryDirectory(new Map(), this.now)
      : new MemoryFile(new Uint8Array(0), this.now);
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    const name = names.pop() as string;
    const parent = names.reduce<Inode | undefined>(
      (inode, part) => (inode instanceof Directory ? inode.contents.get(part) : undefined),
      this,
    );
    if (parent instanceof Directory) parent.contents.set(name, entry);
    return { ret: created.ret, entry };
  }
}

/** Directories and files of one process, as Ruby sees them under `/`. */
export class FileSystem {
  readonly root: PreopenDirectory;
  readonly #tree: MemoryDirectory;
  readonly #now: () => bigint;

  constructor(now: () => bigint) {
    this.#now = now;
    this.#tree = new MemoryDirectory(new Map(), now);
    this.root = new PreopenDirectory("/", new Map());
    this.root.dir = this.#tree;
    for (const path of [
      "dev",
      "tmp",
      APP_ROOT,
      `${APP_ROOT}/tmp`,
      `${APP_ROOT}/log`,
      `${APP_ROOT}/storage`,
    ]) {
      this.#directory(path.split("/"));
    }
  }

  /** Puts a file or device at an absolute path without the leading slash. */
  place(path: string, inode: Inode): void {
    const names = path.split("/");
    const name = names.pop() as string;
    this.#directory(names).contents.set(name, inode);
  }

  write(path: string, content: string | Uint8Array): void {
    const bytes = typeof content === "string" ? encoder.encode(content) : content.slice();
    this.place(path, new MemoryFile(bytes, this.#now));
  }

  delete(path: string): void {
    const names = path.split("/");
    const name = names.pop() as string;
    this.#directory(names).contents.delete(name);
  }

  writeAll(prefix: string, files: FileTree): void {
    for (const [path, content] of Object.entries(files)) this.write(`${prefix}/${path}`, content);
  }

  /** The files below a folder, by their paths relative to it. */
  tree(prefix: string): Record<string, Uint8Array> {
    const files: Record<string, Uint8Array> = {};
    const visit = (directory: Directory, path: string) => {
      for (const [name, inode] of directory.contents) {
        if (inode instanceof Directory) visit(inode, `${path}${name}/`);
        else if (inode instanceof MemoryFile) files[path + name] = inode.bytes;
      }
    };
    visit(this.#directory(prefix.split("/")), "");
    return files;
  }

  #directory(names: string[]): Directory {
    let directory: Directory = this.#tree;
    for (const name of names) {
      let child = directory.contents.get(name);
      if (!(child instanceof Directory)) {
        child = new MemoryDirectory(new Map(), this.#now);
        directory.contents.set(name, child);
      }
      directory = child as Directory;
    }
    return directory;
  }
}
