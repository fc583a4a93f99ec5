/**
 * Makes the code-only module that goes to the learner: the Rails wasm without its data (which lies in
 * the memory image), debug information and names, and with a limit on its memory.
 */
import {
  concatenate,
  functionNames,
  HEADER_BYTES,
  indexOf,
  readUnsigned,
  SECTION,
  section,
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
  for (const found of sections(wasm)) {
    if (LEFT_OUT.includes(found.id)) continue;
    if (found.id === SECTION.memory) {
      memories += 1;
      parts.push(limitedMemory(found.content, options.maximumPages));
    } else {
      parts.push(found.whole);
    }
  }
  if (memories !== 1) throw new RangeError("Expected a module with one memory section");
  return concatenate(parts);
}

export interface BuildModuleOptions extends CodeOnlyOptions {
  /** Functions to export by their names, besides those that the module exports. */
  exports: string[];
}

/** The complete module for building the image, in the same bounds. */
export function buildModule(
  wasm: Uint8Array,
  options: BuildModuleOptions,
): Uint8Array<ArrayBuffer> {
  const names = functionNames([...sections(wasm)]);
  const parts: Uint8Array[] = [wasm.subarray(0, HEADER_BYTES)];
  for (const found of sections(wasm)) {
    if (found.id === SECTION.custom) continue;
    if (found.id === SECTION.memory) {
      parts.push(limitedMemory(found.content, options.maximumPages));
    } else if (found.id === SECTION.export) {
      const more = options.exports.map((name) => exportEntry(name, indexOf(names, name)));
      parts.push(section(SECTION.export, moreEntries(found.content, more)));
    } else parts.push(found.whole);
  }
  return concatenate(parts);
}

function exportEntry(name: string, index: number): Uint8Array {
  const FUNCTION = 0;
  const text = new TextEncoder().encode(name);
  return Uint8Array.from([...unsigned(text.byteLength), ...text, FUNCTION, ...unsigned(index)]);
}

function moreEntries(list: Uint8Array, more: Uint8Array[]): Uint8Array {
  const count = readUnsigned(list, 0);
  const total = Uint8Array.from(unsigned(count.value + more.length));
  return concatenate([total, list.subarray(count.next), ...more]);
}

function limitedMemory(content: Uint8Array, maximumPages: number): Uint8Array {
  const count = readUnsigned(content, 0);
  if (count.value !== 1) throw new RangeError("Expected one memory");
  const minimum = readUnsigned(content, count.next + 1);
  const body = [1, 1, ...unsigned(minimum.value), ...unsigned(maximumPages)];
  return new Uint8Array([SECTION.memory, ...unsigned(body.length), ...body]);
}
