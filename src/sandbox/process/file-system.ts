/**
 * The files of one process: an in-memory tree on browser_wasi_shim's classes. Its own `File` copies
 * the whole content at every write and has no times; ours grows in steps and remembers when it changed.
 */
import { Directory, Fd, Inode, PreopenDirectory, wasi } from "@bjorn3/browser_wasi_shim";
import type { FileTree } from "../sandbox.ts";

const encoder = new TextEncoder();

/** Where the app lies in every process. */
export const APP_ROOT = "workspace";

export class MemoryFile extends Inode {
  modifiedNs: bigint;
  readonly #now: () => bigint;
  #data: Uint8Array;
  #size: number;

  /** @param now nanoseconds since the Unix epoch, sandbox time */
  constructor(content: Uint8Array, now: () => bigint) {
    super();
    this.#data = content;
    this.#size = content.byteLength;
    this.#now = now;
    this.modifiedNs = now();
  }

  get bytes(): Uint8Array {
    return this.#data.subarray(0, this.#size);
  }

  get length(): number {
    return this.#size;
  }

  writeAt(offset: number, content: Uint8Array): void {
    this.#reserve(offset + content.byteLength);
    this.#data.set(content, offset);
    this.#size = Math.max(this.#size, offset + content.byteLength);
    this.modifiedNs = this.#now();
  }

  truncate(size: number): void {
    this.#reserve(size);
    if (size < this.#size) this.#data.fill(0, size, this.#size);
    this.#size = size;
    this.modifiedNs = this.#now();
  }

  override path_open(oflags: number, _rights: bigint, fdFlags: number) {
    if ((oflags & wasi.OFLAGS_TRUNC) !== 0) this.truncate(0);
    return { ret: wasi.ERRNO_SUCCESS, fd_obj: new OpenMemoryFile(this, fdFlags) };
  }

  override stat() {
    return fileStat(this.ino, wasi.FILETYPE_REGULAR_FILE, BigInt(this.#size), this.modifiedNs);
  }

  #reserve(size: number): void {
    if (size <= this.#data.byteLength) return;
    const grown = new Uint8Array(Math.max(size, this.#data.byteLength * 2, 1024));
    grown.set(this.bytes);
    this.#data = grown;
  }
}

class OpenMemoryFile extends Fd {
  readonly #file: MemoryFile;
  readonly #append: boolean;
  #position = 0;

  constructor(file: MemoryFile, fdFlags: number) {
    super();
    this.#file = file;
    this.#append = (fdFlags & wasi.FDFLAGS_APPEND) !== 0;
  }

  override fd_fdstat_get() {
    return { ret: 0, fdstat: new wasi.Fdstat(wasi.FILETYPE_REGULAR_FILE, 0) };
  }

  override fd_filestat_get() {
    return { ret: 0, filestat: this.#file.stat() };
  }

  override fd_filestat_set_size(size: bigint): number {
    this.#file.truncate(Number(size));
    return wasi.ERRNO_SUCCESS;
  }

  override fd_read(size: number) {
    const { data } = this.fd_pread(size, BigInt(this.#position));
    this.#position += data.byteLength;
    return { ret: 0, data };
  }

  override fd_pread(size: number, offset: bigint) {
    return { ret: 0, data: this.#file.bytes.slice(Number(offset), Number(offset) + size) };
  }

  override fd_write(data: Uint8Array) {
    if (this.#append) this.#position = this.#file.length;
    this.#file.writeAt(this.#position, data);
    this.#position += data.byteLength;
    return { ret: 0, nwritten: data.byteLength };
  }

  override fd_pwrite(data: Uint8Array, offset: bigint) {
    this.#file.writeAt(Number(offset), data);
    return { ret: 0, nwritten: data.byteLength };
  }

  override fd_seek(offset: bigint, whence: number) {
    const origin = [0, this.#position, this.#file.length][whence];
    if (origin === undefined || origin + Number(offset) < 0) {
      return { ret: wasi.ERRNO_INVAL, offset: 0n };
    }
    this.#position = origin + Number(offset);
    return { ret: 0, offset: BigInt(this.#position) };
  }

  override fd_tell() {
    return { ret: 0, offset: BigInt(this.#position) };
  }
}

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

/** browser_wasi_shim 0.4.2 writes the three times at wrong offsets; this one follows the WASI layout. */
export function fileStat(ino: bigint, fileType: number, size: bigint, modifiedNs: bigint) {
  const stat = new wasi.Filestat(ino, fileType, size);
  stat.write_bytes = (view: DataView, pointer: number) => {
    view.setBigUint64(pointer, 0n, true);
    view.setBigUint64(pointer + 8, ino, true);
    view.setUint8(pointer + 16, fileType);
    view.setBigUint64(pointer + 24, 1n, true);
    view.setBigUint64(pointer + 32, size, true);
    for (const offset of [40, 48, 56]) view.setBigUint64(pointer + offset, modifiedNs, true);
  };
  return stat;
}
