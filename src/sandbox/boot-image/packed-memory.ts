/**
 * A memory image without its zeros: more than half of a booted Ruby's memory is empty. Fresh
 * WebAssembly memory is zero already, so only the rest is kept, sent and copied; pages that nobody
 * touches cost a process nothing.
 *
 * Layout (u32, little-endian): bytes of the whole memory, number of runs, for each run its offset
 * and length; then the runs' contents back to back.
 */
const BLOCK_BYTES = 4096;
const HEADER_BYTES = 8;
const RUN_BYTES = 8;

interface Run {
  offset: number;
  length: number;
}

export function packMemory(memory: Uint8Array): Uint8Array<ArrayBuffer> {
  const runs = occupiedRuns(memory);
  const header = HEADER_BYTES + runs.length * RUN_BYTES;
  const packed = new Uint8Array(runs.reduce((sum, run) => sum + run.length, header));
  const view = new DataView(packed.buffer);
  view.setUint32(0, memory.byteLength, true);
  view.setUint32(4, runs.length, true);
  let at = header;
  runs.forEach(({ offset, length }, index) => {
    view.setUint32(HEADER_BYTES + index * RUN_BYTES, offset, true);
    view.setUint32(HEADER_BYTES + index * RUN_BYTES + 4, length, true);
    packed.set(memory.subarray(offset, offset + length), at);
    at += length;
  });
  return packed;
}

/** Bytes of the memory that `packed` unpacks to. */
export function unpackedBytes(packed: Uint8Array): number {
  return viewOf(packed).getUint32(0, true);
}

/** @param memory zeroed, at least `unpackedBytes(packed)` long */
export function unpackMemory(packed: Uint8Array, memory: Uint8Array): void {
  const view = viewOf(packed);
  const count = view.getUint32(4, true);
  let at = HEADER_BYTES + count * RUN_BYTES;
  for (let index = 0; index < count; index += 1) {
    const offset = view.getUint32(HEADER_BYTES + index * RUN_BYTES, true);
    const length = view.getUint32(HEADER_BYTES + index * RUN_BYTES + 4, true);
    memory.set(packed.subarray(at, at + length), offset);
    at += length;
  }
}

function viewOf(packed: Uint8Array): DataView {
  return new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
}

function occupiedRuns(memory: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (let offset = 0; offset < memory.byteLength; offset += BLOCK_BYTES) {
    const block = memory.subarray(offset, offset + BLOCK_BYTES);
    if (block.every((byte) => byte === 0)) continue;
    const last = runs.at(-1);
    if (last && last.offset + last.length === offset) last.length += block.byteLength;
    else runs.push({ offset, length: block.byteLength });
  }
  return runs;
}
