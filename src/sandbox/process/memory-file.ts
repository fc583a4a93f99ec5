/**
 * One file of a process. browser_wasi_shim's own `File` copies the whole content at every write and has no
 * times; this one grows in steps and remembers when it changed.
 */
import { Fd, Inode, wasi } from "@bjorn3/browser_wasi_shim";
import { fileStat } from "./file-stat.ts";

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
