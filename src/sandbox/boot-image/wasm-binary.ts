/** Reads and writes the binary form of WebAssembly modules, as far as the boot image needs it. */

/** Section numbers: WebAssembly core specification, binary format. */
export const SECTION = {
  custom: 0,
  type: 1,
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

/** The `name` section's functions: names may not be unique, those that are asked for must be. */
export function functionNames(all: Section[]): Map<string, number[]> {
  const FUNCTIONS = 1;
  const names = new Map<string, number[]>();
  const found = all.find(({ id, content: bytes }) => {
    return id === SECTION.custom && readName(bytes, 0).value === "name";
  });
  if (!found) throw new RangeError("The module does not name its functions");
  const bytes = found.content;
  let at = readName(bytes, 0).next;
  while (at < bytes.byteLength) {
    const kind = bytes[at];
    const size = readUnsigned(bytes, at + 1);
    if (kind === FUNCTIONS) {
      const count = readUnsigned(bytes, size.next);
      let entry = count.next;
      for (let index = 0; index < count.value; index += 1) {
        const target = readUnsigned(bytes, entry);
        const name = readName(bytes, target.next);
        names.set(name.value, [...(names.get(name.value) ?? []), target.value]);
        entry = name.next;
      }
    }
    at = size.next + size.value;
  }
  return names;
}

export function indexOf(names: Map<string, number[]>, name: string): number {
  const found = names.get(name) ?? [];
  if (found.length !== 1) throw new RangeError(`Expected one function ${name}`);
  return found[0]!;
}

export function content(all: Section[], id: number): Uint8Array {
  const found = all.find((candidate) => candidate.id === id);
  if (!found) throw new RangeError(`The module has no section ${id}`);
  return found.content;
}

export function importedFunctions(imports: Uint8Array): number {
  const count = readUnsigned(imports, 0);
  let at = count.next;
  for (let index = 0; index < count.value; index += 1) {
    at = readName(imports, readName(imports, at).next).next;
    if (imports[at] !== 0) throw new RangeError("Expected imports of functions only");
    at = readUnsigned(imports, at + 1).next;
  }
  return count.value;
}

/** A list whose entries say how long they are. */
export function entries(bytes: Uint8Array): Uint8Array[] {
  const count = readUnsigned(bytes, 0);
  let at = count.next;
  return Array.from({ length: count.value }, () => {
    const size = readUnsigned(bytes, at);
    at = size.next + size.value;
    return bytes.subarray(size.next, at);
  });
}

export function sized(bytes: Uint8Array): Uint8Array {
  return concatenate([Uint8Array.from(unsigned(bytes.byteLength)), bytes]);
}

export function vector(items: (Uint8Array | number[])[]): Uint8Array {
  const count = Uint8Array.from(unsigned(items.length));
  return concatenate([count, ...items.map((item) => Uint8Array.from(item))]);
}

/** The table's functions, some of them replaced. */
export function withElements(elements: Uint8Array, replaced: Map<number, number>): Uint8Array {
  const END = 0x0b;
  const I32_CONST = 0x41;
  const count = readUnsigned(elements, 0);
  const start = elements.indexOf(END, count.next) + 1;
  if (count.value !== 1 || elements[count.next] !== 0 || elements[count.next + 1] !== I32_CONST) {
    throw new RangeError("Expected one list of the table's functions");
  }
  const functions = numbers(elements.subarray(start));
  const missing = [...replaced.keys()].filter((index) => !functions.includes(index));
  if (missing.length > 0) throw new RangeError(`Not in the table: ${missing.join(", ")}`);
  const list = functions.map((index) => unsigned(replaced.get(index) ?? index));
  return concatenate([elements.subarray(0, start), vector(list)]);
}

export function numbers(bytes: Uint8Array): number[] {
  const count = readUnsigned(bytes, 0);
  let at = count.next;
  return Array.from({ length: count.value }, () => {
    const number = readUnsigned(bytes, at);
    at = number.next;
    return number.value;
  });
}

/** What a function takes and returns, as bytes that stand for types. */
export interface Signature {
  parameters: number[];
  results: number[];
}

/** The `type` section's. */
export function signatures(types: Uint8Array): Signature[] {
  const FUNCTION = 0x60;
  const count = readUnsigned(types, 0);
  let at = count.next;
  const list = () => {
    const length = readUnsigned(types, at);
    at = length.next + length.value;
    return [...types.subarray(length.next, at)];
  };
  return Array.from({ length: count.value }, () => {
    if (types[at++] !== FUNCTION) throw new RangeError("Expected the type of a function");
    return { parameters: list(), results: list() };
  });
}

/** Behind the local variables of a body. */
export function codeStart(body: Uint8Array): number {
  const groups = readUnsigned(body, 0);
  let at = groups.next;
  for (let group = 0; group < groups.value; group += 1) at = readUnsigned(body, at).next + 1;
  return at;
}

/**
 * The module with another body for one of its functions.
 * @throws RangeError when the module has no function of that name
 */
export function withBody(
  wasm: Uint8Array,
  name: string,
  change: (body: Uint8Array) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  const all = [...sections(wasm)];
  const bodies = entries(content(all, SECTION.code));
  const index = indexOf(functionNames(all), name) - importedFunctions(content(all, SECTION.import));
  const body = bodies[index];
  if (!body) throw new RangeError(`${name} is not a function of the module`);
  bodies[index] = change(body);
  return concatenate([
    wasm.subarray(0, HEADER_BYTES),
    ...all.map(({ id, whole }) =>
      id === SECTION.code ? section(id, vector(bodies.map(sized))) : whole,
    ),
  ]);
}

/** The instruction `i32.const`, for a value that is not negative. */
export function constant(value: number): number[] {
  const I32_CONST = 0x41;
  return [I32_CONST, ...signed(value)];
}

/**
 * Where some code begins in the body of the function `name`.
 * @throws RangeError when it is not in there
 */
export function findCode(body: Uint8Array, code: readonly number[], name: string): number {
  const at = body.findIndex((_, start) =>
    code.every((byte, index) => body[start + index] === byte),
  );
  if (at < 0) throw new RangeError(`Expected other code in ${name}`);
  return at;
}

/** The constant, not negative, that an instruction takes as its last argument. */
export function constantBefore(body: Uint8Array, instruction: number): number {
  const I32_CONST = 0x41;
  const number = readUnsigned(body, body.lastIndexOf(I32_CONST, instruction - 1) + 1);
  if (number.next !== instruction) throw new RangeError("Expected a constant");
  return number.value;
}
