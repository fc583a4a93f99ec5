/**
 * Zeros Ruby's tables for converting between UTF-8 and the legacy encodings of East Asia, which are more than
 * two megabytes. Ruby loads a table when it is first asked to convert (transcode.c), and boot.rb has told it that
 * these are loaded already; so it says that there is no such converter, as a Ruby built without them does.
 */

/** `struct rb_transcoder` (transcode_data.h): names, the tree's start, its bytes and words with lengths, word size. */
const FIELD = {
  source: 0,
  target: 1,
  bytes: 3,
  bytesLength: 4,
  words: 5,
  wordsLength: 6,
  wordSize: 7,
};
const LEGACY = /Big5|CP9[345]\d|GB|EUC|SJIS|Shift_JIS|Windows-31J|ISO-2022|KDDI|DoCoMo|SoftBank/i;
const NAME = /^[\w-]{1,40}$/;

interface Table {
  address: number;
  bytes: number;
}

/**
 * @param memory of a booted VM
 * @param from where C's constants begin, in bytes; a multiple of 4
 * @returns how many bytes were zeroed
 * @throws RangeError when hardly any table is found: the wasm is of another kind
 */
export function zeroLegacyTranscoders(memory: Uint8Array, from: number): number {
  const tables = new Map<number, Table>();
  const kept = new Set<number>();
  for (const { names, parts } of transcoders(memory, from)) {
    const isLegacy = names.some((name) => LEGACY.test(name));
    for (const part of parts) {
      if (isLegacy) tables.set(part.address, part);
      else kept.add(part.address);
    }
  }
  let zeroed = 0;
  for (const { address, bytes } of tables.values()) {
    if (kept.has(address)) continue;
    memory.fill(0, address, address + bytes);
    zeroed += bytes;
  }
  if (zeroed < 1_000_000) throw new RangeError("Ruby's converters do not lie where they should");
  return zeroed;
}

function* transcoders(memory: Uint8Array, from: number) {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.byteLength / 4);
  const within = (address: number, bytes: number) =>
    address >= from && address + bytes <= memory.byteLength;
  const nameAt = (address: number) => {
    const end = within(address, 1) ? memory.indexOf(0, address) : -1;
    const name = end < 0 ? "" : Buffer.from(memory.subarray(address, end)).toString("latin1");
    return NAME.test(name) ? name : undefined;
  };
  for (let index = from / 4; index + FIELD.wordSize < words.length; index += 1) {
    const field = (name: keyof typeof FIELD) => words[index + FIELD[name]]!;
    if (field("wordSize") !== 4) continue;
    const parts = [
      { address: field("bytes"), bytes: field("bytesLength") },
      { address: field("words"), bytes: field("wordsLength") * 4 },
    ];
    if (!parts.every(({ address, bytes }) => bytes > 0 && within(address, bytes))) continue;
    const names = [nameAt(field("source")), nameAt(field("target"))];
    if (names.every((name) => name !== undefined)) yield { names, parts };
  }
}
