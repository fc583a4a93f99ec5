/**
 * Mends what Ruby 3.3 forgets on WebAssembly when it jumps (longjmp: every `raise`, many a `break`
 * or `return` out of a block), in `rb_vm_exec` (vm.c, vm_core.h, wasm/setjmp.c):
 *
 * - The C stack pointer stays where the jump began. `rb_vm_exec` catches again and again in one frame,
 *   so a loop with a `rescue` in it eats the stack: 256 KB in a Fiber, gone after some hundred times.
 * - A frame that is jumped over does not free its jump buffer: 12 KB each time.
 *
 * `rb_vm_exec` calls its two halves through the table with the address of its context, a variable in its
 * frame: `vm_exec_bottom_main` first, `vm_exec_bottom_rescue` after each jump that it catches. From the
 * context to the stack pointer it is always equally far. So the first half's replacement notes how far,
 * and the second half's puts the stack pointer back; both free the buffer when a jump leaves them for good.
 */
import { JUMP, readAsyncify, STATE, type Asyncify } from "./asyncify.ts";
import {
  concatenate,
  constant,
  content,
  entries,
  functionNames,
  HEADER_BYTES,
  importedFunctions,
  indexOf,
  numbers,
  readUnsigned,
  SECTION,
  section,
  sections,
  sized,
  unsigned,
  vector,
  withElements,
} from "./wasm-binary.ts";

const MAIN = "vm_exec_bottom_main";
const RESCUE = "vm_exec_bottom_rescue";
const FREE = "ruby_xfree";

const I32 = 0x7f;
const MUTABLE = 1;
const OP = {
  if: 0x04,
  end: 0x0b,
  call: 0x10,
  localGet: 0x20,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Load: 0x28,
  i32Const: 0x41,
  i32Eqz: 0x45,
  i32Eq: 0x46,
  i32LtU: 0x49,
  i32Sub: 0x6b,
} as const;
const NO_RESULT = 0x40;

/** Where things lie: `struct rb_vm_exec_context`, `rb_execution_context_t`, `struct rb_vm_tag`. */
const CONTEXT = { ec: 0, tag: 4 } as const;
const EC = { tag: 12 } as const;
const TAG = { buffer: 8 } as const;

/** @throws RangeError when the module is not a Ruby of the kind that this knows */
export function withMendedJumps(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = [...sections(wasm)];
  const imported = importedFunctions(content(all, SECTION.import));
  const types = numbers(content(all, SECTION.function));
  const bodies = entries(content(all, SECTION.code));
  const names = functionNames(all);
  const known: Known = {
    ...readAsyncify(all),
    free: indexOf(names, FREE),
    distance: readUnsigned(content(all, SECTION.global), 0).value,
  };
  const main = indexOf(names, MAIN);
  const rescue = indexOf(names, RESCUE);
  const first = imported + types.length;
  const replaced = new Map([
    [main, first],
    [rescue, first + 1],
  ]);
  const type = types[main - imported] as number;
  const mended = new Map<number, Uint8Array>([
    [SECTION.function, vector([...types, type, type].map((index) => unsigned(index)))],
    [SECTION.global, withGlobal(content(all, SECTION.global))],
    [SECTION.element, withElements(content(all, SECTION.element), replaced)],
    [
      SECTION.code,
      vector([...bodies, mainBody(main, known), rescueBody(rescue, known)].map(sized)),
    ],
  ]);
  return concatenate([
    wasm.subarray(0, HEADER_BYTES),
    ...all.map(({ id, whole }) => (mended.has(id) ? section(id, mended.get(id)!) : whole)),
  ]);
}

interface Known extends Asyncify {
  /** Our global: from the stack pointer to the context. */
  distance: number;
  /** The function that frees. */
  free: number;
}

function mainBody(original: number, known: Known): Uint8Array {
  const { pointer, distance } = known;
  return around(original, known, [CONTEXT_POINTER, get(pointer), [OP.i32Sub], set(distance)]);
}

function rescueBody(original: number, known: Known): Uint8Array {
  const { pointer, distance } = known;
  return around(original, known, [CONTEXT_POINTER, get(distance), [OP.i32Sub], set(pointer)]);
}

/** Runs `before`, unless a stack is being rewound, then the original, and frees what a jump has left. */
function around(original: number, known: Known, before: number[][]): Uint8Array {
  const noLocals = 0;
  const { state, active, bufferState, free } = known;
  const leftByJump = [
    ...[get(state), constant(STATE.unwinding), [OP.i32Eq], [OP.if, NO_RESULT]],
    ...[constant(active), load(0), [OP.if, NO_RESULT]],
    ...[constant(active), load(0), load(bufferState), constant(JUMP.returning), [OP.i32Eq]],
    [OP.if, NO_RESULT],
    // The stack grows down: this frame is jumped over when its tag lies below the one that is jumped to.
    ...[CONTEXT_POINTER, load(CONTEXT.tag), CONTEXT_POINTER, load(CONTEXT.ec), load(EC.tag)],
    ...[[OP.i32LtU], [OP.if, NO_RESULT]],
    ...[constant(0), set(state)],
    ...[CONTEXT_POINTER, load(CONTEXT.tag), load(TAG.buffer), [OP.call, ...unsigned(free)]],
    ...[constant(STATE.unwinding), set(state)],
    [OP.end, OP.end, OP.end, OP.end],
  ];
  return Uint8Array.from([
    noLocals,
    ...[...get(state), OP.i32Eqz, OP.if, NO_RESULT, ...before.flat(), OP.end],
    ...[...CONTEXT_POINTER, OP.call, ...unsigned(original)],
    ...leftByJump.flat(),
    OP.end,
  ]);
}

const CONTEXT_POINTER = [OP.localGet, 0];

function get(global: number): number[] {
  return [OP.globalGet, ...unsigned(global)];
}

function set(global: number): number[] {
  return [OP.globalSet, ...unsigned(global)];
}

function load(offset: number): number[] {
  const alignment = 2;
  return [OP.i32Load, alignment, ...unsigned(offset)];
}

function withGlobal(globals: Uint8Array): Uint8Array {
  const count = readUnsigned(globals, 0);
  return concatenate([
    Uint8Array.from(unsigned(count.value + 1)),
    globals.subarray(count.next),
    Uint8Array.from([I32, MUTABLE, OP.i32Const, 0, OP.end]),
  ]);
}
