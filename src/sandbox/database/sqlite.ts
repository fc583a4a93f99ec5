import sqlite3InitModule from "@sqlite.org/sqlite-wasm";
import { SqliteError } from "./errors.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer, SqliteFunctions } from "./sqlite-functions.ts";
import type { SqliteModule, VfsStruct, WasmHelpers } from "./sqlite-module.ts";

/** The one VFS in which several connections of one instance share a WAL and lock each other out. */
const VFS = "unix";
const UNUSED_VFS = {
  opfs: true,
  "opfs-vfs": true,
  "opfs-wl": true,
  "opfs-sahpool": true,
  kvvfs: true,
};
/** From noon of 24 November 4714 BC, where SQLite's time begins, to 1 January 1970. */
const JULIAN_EPOCH_MS = 210866760000000n;
/** Virtual machine steps between two looks at the clock: a few milliseconds. */
const STEPS_BETWEEN_CHECKS = 200_000;
const NEVER = () => false;

/** Typed access to one instance of SQLite's wasm: its functions and its memory. */
export class Sqlite {
  readonly fn: SqliteFunctions;
  readonly version: string;
  readonly vfsName: Pointer;
  readonly vfs: Pointer;
  /** Room for four pointers, or one 64-bit integer, that a function returns through an address. */
  readonly out: Pointer;
  readonly #wasm: WasmHelpers;
  readonly #progress: Pointer;
  #heap: Uint8Array;
  #view: DataView;
  #deadline = Infinity;
  #lastShape = 0;
  #abandoned: () => boolean = NEVER;

  /**
   * Loads a fresh instance; in Node from the package's file, in browsers from the URL that the bundler gives it.
   * @param now what `CURRENT_TIMESTAMP` and `'now'` mean: ms since the Unix epoch
   */
  static async load(now: () => number): Promise<Sqlite> {
    // Read once by the package. Without it, it would start a worker in browsers for files we do not use.
    Object.assign(globalThis, { sqlite3ApiConfig: { disable: { vfs: UNUSED_VFS } } });
    const module = (await sqlite3InitModule()) as unknown as SqliteModule;
    return new Sqlite(module, now);
  }

  constructor(module: SqliteModule, now: () => number) {
    this.#wasm = module.wasm;
    this.fn = module.wasm.exports;
    this.version = module.version.libVersion;
    this.#heap = new Uint8Array(module.wasm.memory.buffer);
    this.#view = new DataView(module.wasm.memory.buffer);
    this.out = module.wasm.alloc(16);
    this.vfsName = module.wasm.allocCString(VFS);
    this.vfs = module.capi.sqlite3_vfs_find(VFS);
    this.#progress = module.wasm.installFunction("ip", () =>
      performance.now() > this.#deadline || this.#abandoned() ? 1 : 0,
    );
    this.#setClock(new module.capi.sqlite3_vfs(this.vfs), now);
  }

  /** How large the memory has grown; it never shrinks. */
  get memoryBytes(): number {
    return this.#wasm.memory.buffer.byteLength;
  }

  /** The memory as bytes. Valid until the next call of a function: growing moves it. */
  get heap(): Uint8Array {
    if (this.#heap.byteLength === 0) this.#heap = new Uint8Array(this.#wasm.memory.buffer);
    return this.#heap;
  }

  /** A number that no set of columns of this instance has yet, from 1 on. */
  nextShape(): number {
    return (this.#lastShape += 1);
  }

  /** The pointer that a function has put into `out`. */
  takePointer(): Pointer {
    return this.#dataView().getUint32(this.out, true);
  }

  /** The two pointers that a function has put into `out` and behind it. */
  takePointers(): [Pointer, Pointer] {
    const view = this.#dataView();
    return [view.getUint32(this.out, true), view.getUint32(this.out + 4, true)];
  }

  /** The 64-bit integer that a function has put into `out`. */
  takeInt64(): bigint {
    return this.#dataView().getBigInt64(this.out, true);
  }

  /** The 32-bit integer, or pointer, at an address. */
  int32At(pointer: Pointer): number {
    return this.#dataView().getUint32(pointer, true);
  }

  setInt32At(pointer: Pointer, value: number): void {
    this.#dataView().setInt32(pointer, value, true);
  }

  /** Throws SqliteError (NOMEM) when SQLite has no memory left. */
  alloc(bytes: number): Pointer {
    try {
      return this.#wasm.alloc(bytes);
    } catch {
      throw new SqliteError({ message: "out of memory", code: 7 });
    }
  }

  free(pointer: Pointer): void {
    this.#wasm.dealloc(pointer);
  }

  cString(pointer: Pointer): string {
    return this.#wasm.cstrToJs(pointer) ?? "";
  }

  /** Calls `body` with `text` as a C string that lives as long as the call. */
  withCString<T>(text: string, body: (pointer: Pointer) => T): T {
    const pointer = this.#wasm.allocCString(text);
    try {
      return body(pointer);
    } finally {
      this.free(pointer);
    }
  }

  /** Makes a callback that C code can call, for as long as the instance lives. */
  install(signature: string, body: (...args: number[]) => number): Pointer {
    return this.#wasm.installFunction(signature, body);
  }

  /** From now on statements that run on past `ms`, or that nobody waits for any more, end with SQLITE_INTERRUPT. */
  startTimer(ms: number, abandoned: () => boolean = NEVER): void {
    this.#deadline = performance.now() + ms;
    this.#abandoned = abandoned;
  }

  /** Makes the connection's statements heed the timer. */
  watch(db: Pointer): void {
    this.fn.sqlite3_progress_handler(db, STEPS_BETWEEN_CHECKS, this.#progress, 0);
  }

  /** The last error of the connection, as an exception. */
  error(db: Pointer, preparing = false): SqliteError {
    return new SqliteError({
      message: this.cString(this.fn.sqlite3_errmsg(db)),
      code: this.fn.sqlite3_extended_errcode(db),
      offset: this.fn.sqlite3_error_offset(db),
      preparing,
    });
  }

  check(db: Pointer, result: number): void {
    if (result !== SQLITE.OK) throw this.error(db);
  }

  #setClock(vfs: VfsStruct, now: () => number): void {
    vfs.$xCurrentTimeInt64 = this.#wasm.installFunction("ipp", (_vfs, out) => {
      const time = BigInt(Math.floor(now())) + JULIAN_EPOCH_MS;
      this.#dataView().setBigInt64(out as Pointer, time, true);
      return SQLITE.OK;
    });
  }

  #dataView(): DataView {
    if (this.#view.buffer.byteLength === 0) this.#view = new DataView(this.#wasm.memory.buffer);
    return this.#view;
  }
}
