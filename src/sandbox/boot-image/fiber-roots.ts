/**
 * Has Ruby's garbage collector find what only a suspended Fiber holds in local variables of C.
 *
 * On WebAssembly such variables lie outside of the memory, where the collector cannot see them. While
 * a Fiber is suspended, asyncify has written them down in a buffer of the Fiber (wasm/fiber.h), which
 * Ruby 3.3 does not look through: `[ 1 ].map { Fiber.yield }` loses its result, and the program crashes
 * or goes on with other objects. Here `fiber_mark` (cont.c), which the collector calls through the table
 * for each Fiber, also marks what the buffer holds, as it marks a C stack: everything that may be an
 * object. The buffer of a Fiber that runs is empty.
 */
import {
  concatenate,
  constant,
  constantBefore,
  content,
  entries,
  findCode,
  functionNames,
  HEADER_BYTES,
  importedFunctions,
  indexOf,
  numbers,
  SECTION,
  section,
  sections,
  sized,
  unsigned,
  vector,
  withElements,
} from "./wasm-binary.ts";

const MARK = "fiber_mark";
const MARK_LOCATIONS = "rb_gc_mark_locations";
const SWITCH = "fiber_switch";
const INITIALIZE = "rb_wasm_init_context";

const OP = {
  end: 0x0b,
  call: 0x10,
  localGet: 0x20,
  i32Load: 0x28,
  i32Store: 0x36,
  i32Const: 0x41,
  i32Add: 0x6a,
} as const;
const ALIGNMENT = 2;

/** @throws RangeError when the module is not a Ruby of the kind that this knows */
export function withFiberRoots(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = [...sections(wasm)];
  const imported = importedFunctions(content(all, SECTION.import));
  const types = numbers(content(all, SECTION.function));
  const bodies = entries(content(all, SECTION.code));
  const names = functionNames(all);
  const body = (name: string) => bodies[indexOf(names, name) - imported] as Uint8Array;
  const original = indexOf(names, MARK);
  const buffer = bufferInFiber(body(SWITCH), body(INITIALIZE), indexOf(names, INITIALIZE));
  const replacement = markBody(original, indexOf(names, MARK_LOCATIONS), buffer);
  const replaced = new Map([[original, imported + types.length]]);
  const type = types[original - imported] as number;
  const mended = new Map<number, Uint8Array>([
    [SECTION.function, vector([...types, type].map((index) => unsigned(index)))],
    [SECTION.element, withElements(content(all, SECTION.element), replaced)],
    [SECTION.code, vector([...bodies, replacement].map(sized))],
  ]);
  return concatenate([
    wasm.subarray(0, HEADER_BYTES),
    ...all.map(({ id, whole }) => (mended.has(id) ? section(id, mended.get(id)!) : whole)),
  ]);
}

/** Offsets in `struct rb_fiber_struct`: where the buffer begins, and where the address of its end stands. */
interface BufferInFiber {
  start: number;
  top: number;
}

/** `fiber_mark(fiber); rb_gc_mark_locations(fiber + start, *(fiber + top));` */
function markBody(original: number, markLocations: number, buffer: BufferInFiber): Uint8Array {
  const noLocals = 0;
  const fiber = [OP.localGet, 0];
  return Uint8Array.from([
    noLocals,
    ...[...fiber, OP.call, ...unsigned(original)],
    ...[...fiber, ...constant(buffer.start), OP.i32Add],
    ...[...fiber, OP.i32Load, ALIGNMENT, ...unsigned(buffer.top)],
    ...[OP.call, ...unsigned(markLocations)],
    OP.end,
  ]);
}

/**
 * `fiber_switch` calls `rb_wasm_init_context(fiber + context, 0, 0, 0)`, which ends with
 * `context->asyncify_buf.top = &context->asyncify_buf.buffer`.
 */
function bufferInFiber(
  switchBody: Uint8Array,
  initializeBody: Uint8Array,
  initialize: number,
): BufferInFiber {
  const zero = [OP.i32Const, 0];
  const call = [OP.i32Add, ...zero, ...zero, ...zero, OP.call, ...unsigned(initialize)];
  const context = constantBefore(switchBody, findCode(switchBody, call, SWITCH));
  const store = initializeBody.length - 5;
  const [add, operation, , top, end] = initializeBody.subarray(store);
  if (add !== OP.i32Add || operation !== OP.i32Store || end !== OP.end)
    throw new RangeError(`Expected other code in ${INITIALIZE}`);
  return {
    start: context + constantBefore(initializeBody, store),
    top: context + (top as number),
  };
}
