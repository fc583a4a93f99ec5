/**
 * Makes the code-only module that goes to the learner: the Rails wasm without its data (which lies in
 * the memory image), debug information and names, and with a limit on its memory.
 * Section numbers: WebAssembly core specification, binary format.
 */
const CUSTOM = 0;
const MEMORY = 5;
const DATA = 11;
const DATA_COUNT = 12;
const HEADER_BYTES = 8;

export interface CodeOnlyOptions {
  /** Pages of 64 KiB that a process may reach. Ruby raises NoMemoryError beyond them. */
  maximumPages: number;
}

/** @throws RangeError when the bytes are not a WebAssembly module with one memory of its own */
export function codeOnly(wasm: Uint8Array, options: CodeOnlyOptions): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [wasm.subarray(0, HEADER_BYTES)];
  let memories = 0;
  for (const section of sections(wasm)) {
    if ([CUSTOM, DATA, DATA_COUNT].includes(section.id)) continue;
    if (section.id === MEMORY) {
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
    if (section.id === CUSTOM) continue;
    parts.push(
      section.id === MEMORY ? limitedMemory(section.content, options.maximumPages) : section.whole,
    );
  }
  return concatenate(parts);
}

interface Section {
  id: number;
  whole: Uint8Array;
  content: Uint8Array;
}

function* sections(wasm: Uint8Array): Generator<Section> {
  let at = HEADER_BYTES;
  while (at < wasm.byteLength) {
    const start = at;
    const id = wasm[at++] as number;
    const size = readUnsigned(wasm, at);
    const end = size.next + size.value;
    if (end > wasm.byteLength) throw new RangeError("A section ends after the module");
    yield { id, whole: wasm.subarray(start, end), content: wasm.subarray(size.next, end) };
    at = end;
  }
}

function limitedMemory(content: Uint8Array, maximumPages: number): Uint8Array {
  const count = readUnsigned(content, 0);
  if (count.value !== 1) throw new RangeError("Expected one memory");
  const minimum = readUnsigned(content, count.next + 1);
  const body = [1, 1, ...unsigned(minimum.value), ...unsigned(maximumPages)];
  return new Uint8Array([MEMORY, ...unsigned(body.length), ...body]);
}

/** LEB128. */
function readUnsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  let shift = 0;
  let byte: number;
  do {
    byte = bytes[at++] as number;
    value |= (byte & 0x7f) << shift;
    shift += 7;
  } while ((byte & 0x80) !== 0);
  return { value: value >>> 0, next: at };
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? byte : byte | 0x80);
  } while (rest !== 0);
  return bytes;
}

function concatenate(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}
