/**
 * Reads the heap of C's allocator (dlmalloc, as wasi-libc has it) in a memory of the Rails wasm: every
 * chunk begins with the size of the one before it, when that is free, and its own size and flags.
 * Chunks lie back to back from the heap's first to the memory's end.
 */
export interface Chunk {
  /** Where its header stands. */
  start: number;
  /** With its header. */
  bytes: number;
  inUse: boolean;
}

export const CHUNK_HEADER_BYTES = 8;
const FLAGS = 7;
const PREVIOUS_IN_USE = 1;
const IN_USE = 2;
const SMALLEST = 16;
/** A chain of so many chunks that fit together is no accident. */
const CONVINCING = 1000;

/**
 * @param from an address below the heap, multiple of 8: Ruby's C stack and data lie there
 * @throws RangeError when no heap is found
 */
export function heapChunks(memory: Uint8Array, from: number): Chunk[] {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  for (let start = from; start + SMALLEST < memory.byteLength; start += 8) {
    if (chain(view, start, CONVINCING).length === CONVINCING) return chain(view, start, Infinity);
  }
  throw new RangeError("Expected the heap of dlmalloc");
}

function chain(view: DataView, start: number, most: number): Chunk[] {
  const found: Chunk[] = [];
  let previousInUse: boolean | null = null;
  for (let at = start; at + CHUNK_HEADER_BYTES <= view.byteLength && found.length < most;) {
    const head = view.getUint32(at + 4, true);
    const bytes = head & ~FLAGS;
    if (bytes < SMALLEST || bytes % 8 !== 0 || at + bytes > view.byteLength) break;
    if (previousInUse !== null && ((head & PREVIOUS_IN_USE) !== 0) !== previousInUse) break;
    if (previousInUse === false && view.getUint32(at, true) !== found.at(-1)?.bytes) break;
    previousInUse = (head & IN_USE) !== 0;
    found.push({ start: at, bytes, inUse: previousInUse });
    at += bytes;
  }
  return found;
}

const SMALL_BIN_BELOW = 256;
/** What a free chunk holds for the allocator: two links, in larger ones those of a tree as well. */
const SMALL_LINKS_END = 16;
const TREE_LINKS_END = 32;

/** Zeroes what was left in freed chunks. */
export function zeroFreeChunks(memory: Uint8Array, from: number): void {
  for (const { start, bytes, inUse } of heapChunks(memory, from)) {
    if (inUse) continue;
    const links = bytes < SMALL_BIN_BELOW ? SMALL_LINKS_END : TREE_LINKS_END;
    memory.fill(0, start + links, start + bytes);
  }
}
