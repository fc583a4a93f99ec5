/** Reads and writes the binary form of WebAssembly modules, as far as the boot image needs it. */

/** Section numbers: WebAssembly core specification, binary format. */
export const SECTION = {
  custom: 0,
  import: 2,
  function: 3,
  memory: 5,
  global: 6,
  export: 7,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;

export const HEADER_BYTES = 8;

export interface Section {
  id: number;
  whole: Uint8Array;
  content: Uint8Array;
}

export function* sections(wasm: Uint8Array): Generator<Section> {
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

/** LEB128: the number at `at`, and where the next thing stands. */
export function readUnsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
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

/** LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? byte : byte | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** Signed LEB128, for constants that are not negative. */
export function signed(value: number): number[] {
  const bytes = unsigned(value);
  const last = bytes.at(-1)!;
  return (last & 0x40) === 0 ? bytes : [...bytes.slice(0, -1), last | 0x80, 0];
}

export function concatenate(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}

/** The text at `at`, and where the next thing stands. */
export function readName(bytes: Uint8Array, at: number): { value: string; next: number } {
  const length = readUnsigned(bytes, at);
  const next = length.next + length.value;
  return { value: new TextDecoder().decode(bytes.subarray(length.next, next)), next };
}

export function section(id: number, content: Uint8Array): Uint8Array {
  return concatenate([Uint8Array.from([id, ...unsigned(content.byteLength)]), content]);
}
