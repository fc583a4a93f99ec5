import type { Sqlite } from "./sqlite.ts";
import type { Pointer } from "./sqlite-functions.ts";

const INITIAL_BYTES = 64 * 1024;
/** An arena that one large value has blown up is given back after use. */
const KEEP_BYTES = 1024 * 1024;
const encoder = new TextEncoder();

/**
 * The piece of SQLite's memory where SQL and bound values are put for the time of one statement,
 * so that binding copies each value once and allocates nothing.
 */
export class Arena {
  readonly #sqlite: Sqlite;
  #start: Pointer = 0;
  #capacity = 0;
  #used = 0;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  /** Empties the arena and makes sure that `bytes` fit in without its moving. */
  reserve(bytes: number): void {
    this.#used = 0;
    // One byte more: the address of an empty value must lie within the arena too.
    if (bytes + 1 > this.#capacity) this.#resize(Math.max(INITIAL_BYTES, bytes + 1));
  }

  /** Gives memory back when the last statement took a lot of it. */
  release(): void {
    if (this.#capacity > KEEP_BYTES) this.#resize(INITIAL_BYTES);
  }

  /** Where the next value will be written. */
  get next(): Pointer {
    return this.#start + this.#used;
  }

  /** Writes UTF-8 at `next`; needs up to three bytes for each UTF-16 unit. Returns its length in bytes. */
  writeText(text: string): number {
    const target = this.#sqlite.heap.subarray(this.next, this.#start + this.#capacity);
    const { written } = encoder.encodeInto(text, target);
    this.#used += written;
    return written;
  }

  /** Writes the bytes at `next`. */
  writeBytes(bytes: Uint8Array): void {
    this.#sqlite.heap.set(bytes, this.next);
    this.#used += bytes.byteLength;
  }

  #resize(bytes: number): void {
    if (this.#start !== 0) this.#sqlite.free(this.#start);
    this.#start = 0;
    this.#capacity = 0;
    this.#start = this.#sqlite.alloc(bytes);
    this.#capacity = bytes;
  }
}
