/**
 * Zeros, in the compiled code of a booted VM, which node of the syntax tree each instruction came from, and from
 * which column to which column a method goes: what Ruby needs to underline a part of a line whose source it can read
 * (error_highlight), and here the sources of what is loaded are not read again. Lines stay. It is one twentieth of
 * the boot image, since the numbers hardly repeat.
 */

/** `RBasic.flags` of a compiled piece of code (internal/imemo.h): T_IMEMO, and its kind in the four bits from 12. */
const ISEQ = { mask: 0xf01f, value: 0x701a };
/** `rb_iseq_t` (vm_core.h), in words. */
const BODY = 2;
/** `rb_iseq_constant_body` of Ruby 3.3 (vm_core.h), in words. */
const FIELD = {
  type: 0,
  size: 1,
  path: 13,
  baseLabel: 14,
  label: 15,
  nodeId: 17,
  lastColumn: 21,
  infos: 22,
  infosCount: 24,
};
const TYPES = 9;
/** `iseq_insn_info_entry` (iseq.h): line, node, events. */
const INFO = { words: 3, nodeId: 1 };
const T_STRING = 5;
const T_ARRAY = 7;
/** Rails has a multiple of this. */
const FEWEST = 10_000;

/**
 * @param memory of a booted VM
 * @param from where C's constants begin, in bytes; a multiple of 4
 * @returns how many pieces of code were found
 * @throws RangeError when they are hardly any: this is another Ruby
 */
export function zeroNodeIds(memory: Uint8Array, from: number): number {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.byteLength / 4);
  let found = 0;
  for (let index = from / 4; index + BODY < words.length; index += 1) {
    if ((words[index]! & ISEQ.mask) !== ISEQ.value) continue;
    const body = bodyAt(words, from, words[index + BODY]!);
    if (body === undefined) continue;
    found += 1;
    words.fill(0, body + FIELD.nodeId, body + FIELD.lastColumn + 1);
    const infos = words[body + FIELD.infos]! / 4;
    for (let info = 0; info < words[body + FIELD.infosCount]!; info += 1)
      words[infos + info * INFO.words + INFO.nodeId] = 0;
  }
  if (found < FEWEST) throw new RangeError("Ruby's compiled code does not lie where it should");
  return found;
}

/** The body's place in words, where everything that it points to is what it should be. */
function bodyAt(words: Uint32Array, from: number, address: number): number | undefined {
  const isPlace = (place: number, length: number) =>
    place % 4 === 0 && place >= from && place / 4 + length <= words.length;
  if (!isPlace(address, FIELD.infosCount + 1)) return undefined;
  const body = address / 4;
  const field = (name: keyof typeof FIELD) => words[body + FIELD[name]]!;
  const typeOf = (place: number) => (isPlace(place, 1) ? words[place / 4]! & 0x1f : undefined);
  const count = field("infosCount");
  const isBody =
    field("type") < TYPES &&
    count > 0 &&
    count <= field("size") &&
    isPlace(field("infos"), count * INFO.words) &&
    [T_STRING, T_ARRAY].includes(typeOf(field("path")) ?? 0) &&
    typeOf(field("baseLabel")) === T_STRING &&
    typeOf(field("label")) === T_STRING;
  return isBody ? body : undefined;
}
