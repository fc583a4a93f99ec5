/**
 * Makes `setjmp` cheap, and lets it work however deep C is nested.
 *
 * At each `setjmp`, which is in every `ensure` of C, every `catch` and every write, Ruby on WebAssembly unwinds
 * the whole stack down to its first frame, into a buffer of 24 KB, and builds it up again (wasm/setjmp.c).
 * In the depths of Rails that is most of a job's time, and some forty blocks inside each other overflow the
 * buffer: the process crashes.
 *
 * A jump needs only the frame that called `setjmp`; those below are still there when it comes. So each function
 * that calls it gets a wrapper, which stops the unwinding right behind that frame and starts it again from
 * there: first when its place is noted, and later when a jump to it arrives. It knows its own jumps by
 * C's stack pointer, which it leaves in the last word of the jump's buffer. Like everything that asyncify has
 * rewritten, it puts what it must not forget, the stack pointer, into the buffer when others unwind.
 */
import { CATCHER, JUMP, readAsyncify, STATE, type Asyncify } from "./asyncify.ts";
import {
  codeStart,
  concatenate,
  constant,
  content,
  entries,
  functionNames,
  HEADER_BYTES,
  importedFunctions,
  indexOf,
  numbers,
  SECTION,
  section,
  sections,
  signatures,
  sized,
  unsigned,
  vector,
  type Signature,
} from "./wasm-binary.ts";

/** `callcc` jumps to frames that are gone: there the whole stack is wanted. */
const WHOLE_STACK = "cont_capture";

const I32 = 0x7f;
const NOTHING = 0x40;
const OP = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  call: 0x10,
  localGet: 0x20,
  localSet: 0x21,
  globalGet: 0x23,
  i32Eqz: 0x45,
  i32Eq: 0x46,
  i32Ne: 0x47,
  i32Add: 0x6a,
  i32Sub: 0x6b,
} as const;

/** @throws RangeError when the module is not a Ruby of the kind that this knows */
export function withLocalSetjmp(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = [...sections(wasm)];
  const known = readAsyncify(all);
  const imported = importedFunctions(content(all, SECTION.import));
  const types = numbers(content(all, SECTION.function));
  const kinds = signatures(content(all, SECTION.type));
  const bodies = entries(content(all, SECTION.code));
  const names = functionNames(all);
  const call = Buffer.from([OP.call, ...unsigned(known.setjmp)]);
  const whole = indexOf(names, WHOLE_STACK) - imported;
  const callers = [...bodies.keys()].filter(
    (index) => index !== whole && Buffer.from(bodies[index]!).includes(call),
  );
  for (const index of callers) {
    const type = types[index]!;
    const original = imported + bodies.length;
    bodies.push(bodies[index]!);
    types.push(type);
    bodies[index] = wrapper(original, kinds[type]!, known);
  }
  const catcher = indexOf(names, CATCHER) - imported;
  bodies[catcher] = withoutOwner(bodies[catcher]!, known);
  const mended = new Map<number, Uint8Array>([
    [SECTION.function, vector(types.map((index) => unsigned(index)))],
    [SECTION.code, vector(bodies.map(sized))],
  ]);
  return concatenate([
    wasm.subarray(0, HEADER_BYTES),
    ...all.map(({ id, whole }) => (mended.has(id) ? section(id, mended.get(id)!) : whole)),
  ]);
}

const load = (offset: number) => [0x28, 2, ...unsigned(offset)];
const store = (offset: number) => [0x36, 2, ...unsigned(offset)];

/** The function's own code is `original`'s now. */
function wrapper(original: number, kind: Signature, known: Asyncify): Uint8Array {
  const count = kind.parameters.length;
  const [resultType, ...more] = kind.results;
  if (more.length > 0) throw new RangeError("Expected functions with one result at most");
  const pointer = local(count);
  const result = resultType === undefined ? null : local(count + 1);
  return Uint8Array.from([
    ...(resultType === undefined ? [1, 1, I32] : [2, 1, I32, 1, resultType]),
    ...[...global(known.state), ...constant(STATE.rewinding), OP.i32Eq],
    ...[OP.if, NOTHING, ...pop(pointer, known)],
    ...[OP.else, ...global(known.pointer), ...pointer.set, OP.end],
    ...[OP.loop, NOTHING],
    ...kind.parameters.flatMap((_, index) => local(index).get),
    ...[OP.call, ...unsigned(original), ...(result?.set ?? [])],
    ...[...global(known.state), ...constant(STATE.unwinding), OP.i32Eq, OP.if, NOTHING],
    ...[OP.block, NOTHING, ...stopOwnJump(pointer, known, 0), OP.br, 2, OP.end],
    ...push(pointer, known),
    ...[OP.end, OP.end, ...(result?.get ?? []), OP.end],
  ]);
}

/**
 * Ends the unwinding and begins to rewind, when it is for `setjmp` in this frame; else leaves the block
 * that is `outside` blocks away.
 */
function stopOwnJump(pointer: Local, known: Asyncify, outside: number): number[] {
  const active = [...constant(known.active), ...load(0)];
  const owner = known.bufferEnd - 4;
  const state = [...active, ...load(known.bufferState)];
  return [
    ...[...active, OP.i32Eqz, OP.brIf, outside],
    ...[...state, ...constant(JUMP.capturing), OP.i32Eq, OP.if, NOTHING],
    ...[...active, ...pointer.get, ...store(owner)],
    ...[...active, ...active, ...load(0), ...store(known.bufferTop)],
    OP.else,
    ...[...state, ...constant(JUMP.returning), OP.i32Ne, OP.brIf, outside + 1],
    ...[...active, ...load(owner), ...pointer.get, OP.i32Ne, OP.brIf, outside + 1],
    ...[...active, ...active, ...load(known.bufferTop), ...store(0)],
    OP.end,
    ...[...constant(known.unwindBuffer), ...constant(0), ...store(0)],
    ...[OP.call, ...unsigned(known.stopUnwind)],
    ...[...active, OP.call, ...unsigned(known.startRewind)],
  ];
}

/** Into asyncify's buffer, as its own code does. */
function push(pointer: Local, known: Asyncify): number[] {
  const data = global(known.data);
  return [
    ...[...data, ...load(0), ...pointer.get, ...store(0)],
    ...[...data, ...data, ...load(0), ...constant(4), OP.i32Add, ...store(0)],
  ];
}

function pop(pointer: Local, known: Asyncify): number[] {
  const data = global(known.data);
  return [
    ...[...data, ...data, ...load(0), ...constant(4), OP.i32Sub, ...store(0)],
    ...[...data, ...load(0), ...load(0), ...pointer.set],
  ];
}

/** The catcher's buffers belong to no wrapper, whatever was in their memory before. */
function withoutOwner(body: Uint8Array, known: Asyncify): Uint8Array {
  const at = codeStart(body);
  const clear = [...local(1).get, ...constant(0), ...store(known.bufferEnd - 4)];
  return concatenate([body.subarray(0, at), Uint8Array.from(clear), body.subarray(at)]);
}

interface Local {
  get: number[];
  set: number[];
}

function local(index: number): Local {
  return { get: [OP.localGet, ...unsigned(index)], set: [OP.localSet, ...unsigned(index)] };
}

function global(index: number): number[] {
  return [OP.globalGet, ...unsigned(index)];
}
