/**
 * Makes the code-only module that goes to the learner: the Rails wasm without its data (which lies in
 * the memory image), debug information and names, and with a limit on its memory.
 */
import {
  concatenate,
  HEADER_BYTES,
  readUnsigned,
  SECTION,
  sections,
  unsigned,
} from "./wasm-binary.ts";

const LEFT_OUT: readonly number[] = [SECTION.custom, SECTION.data, SECTION.dataCount];

export interface CodeOnlyOptions {
  /** Pages of 64 KiB that a process may reach. Ruby raises NoMemoryError beyond them. */
  maximumPages: number;
}

/** @throws RangeError when the bytes are not a WebAssembly module with one memory of its own */
export function codeOnly(wasm: Uint8Array, options: CodeOnlyOptions): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [wasm.subarray(0, HEADER_BYTES)];
  let memories = 0;
  for (const section of sections(wasm)) {
    if (LEFT_OUT.includes(section.id)) continue;
    if (section.id === SECTION.memory) {
      memories += 1;
      parts.push(limitedMemory(section.content, options.maximumPages));
    } else {
      parts.push(section.whole);
    }
  }
  if (memories !== 1) throw new RangeError("Expected a module with one memory section");
  return concatenate(parts);
}

/** Limits the memory of a complete module, for building the image in the same bounds. */
export function withMemoryLimit(
  wasm: Uint8Array,
  options: CodeOnlyOptions,
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [wasm.subarray(0, HEADER_BYTES)];
  for (const section of sections(wasm)) {
    if (section.id === SECTION.custom) continue;
    parts.push(
      section.id === SECTION.memory
        ? limitedMemory(section.content, options.maximumPages)
        : section.whole,
    );
  }
  return concatenate(parts);
}

function limitedMemory(content: Uint8Array, maximumPages: number): Uint8Array {
  const count = readUnsigned(content, 0);
  if (count.value !== 1) throw new RangeError("Expected one memory");
  const minimum = readUnsigned(content, count.next + 1);
  const body = [1, 1, ...unsigned(minimum.value), ...unsigned(maximumPages)];
  return new Uint8Array([SECTION.memory, ...unsigned(body.length), ...body]);
}
