/**
 * How asyncify and Ruby's jumps lie in the Rails wasm. asyncify rewrote each function so that the stack can be
 * unwound into a buffer (`{ top, end }`, then bytes) and rewound from it; on this Ruby has built `setjmp` and
 * `longjmp` (wasm/setjmp.c). All of it is read from the code of functions that do little else.
 */
import {
  constantBefore,
  content,
  entries,
  findCode,
  functionNames,
  importedFunctions,
  indexOf,
  readName,
  readUnsigned,
  SECTION,
  unsigned,
  type Section,
} from "./wasm-binary.ts";

/** asyncify's states, besides 0: nothing is going on. */
export const STATE = { unwinding: 1, rewinding: 2 } as const;
/** `enum rb_wasm_jmp_buf_state`: where `setjmp` is being noted; where a jump to it is under way. */
export const JUMP = { capturing: 1, returning: 3 } as const;

export interface Asyncify {
  /** Globals: C's stack pointer, asyncify's state, and the address of its buffer. */
  pointer: number;
  state: number;
  data: number;
  /** Functions. */
  stopUnwind: number;
  startRewind: number;
  setjmp: number;
  /** Address of the pointer to the buffer that is being unwound into. */
  unwindBuffer: number;
  /** Address of the pointer to the `rb_wasm_jmp_buf` that is being noted or jumped to. */
  active: number;
  /** Offsets in `rb_wasm_jmp_buf`: the end of asyncify's buffer, the top that it had, and the state. */
  bufferEnd: number;
  bufferTop: number;
  bufferState: number;
}

/** The function that catches jumps for `rb_vm_exec`; the buffer is its second argument. */
export const CATCHER = "rb_wasm_try_catch_loop_run";
const CAPTURE = "_rb_wasm_setjmp_internal";

const OP = {
  end: 0x0b,
  localGet: 0x20,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Load: 0x28,
  i32Store: 0x36,
  i32Const: 0x41,
  i32Ne: 0x47,
  i32Add: 0x6a,
  call: 0x10,
} as const;
const WORD = 2;

/** @throws RangeError when the module is not a Ruby of the kind that this knows */
export function readAsyncify(all: Section[]): Asyncify {
  const imported = importedFunctions(content(all, SECTION.import));
  const bodies = entries(content(all, SECTION.code));
  const names = functionNames(all);
  const exports = content(all, SECTION.export);
  const bodyAt = (index: number) => bodies[index - imported] as Uint8Array;
  const body = (name: string) => bodyAt(indexOf(names, name));
  const startUnwind = exported(exports, "asyncify_start_unwind");
  return {
    pointer: globalRead(body("rb_wasm_get_stack_pointer")),
    state: globalRead(bodyAt(exported(exports, "asyncify_get_state"))),
    data: globalWritten(bodyAt(startUnwind)),
    stopUnwind: exported(exports, "asyncify_stop_unwind"),
    startRewind: exported(exports, "asyncify_start_rewind"),
    setjmp: indexOf(names, "_rb_wasm_setjmp"),
    ...jumpBuffers(body(CATCHER), body(CAPTURE)),
    unwindBuffer: unwindBuffer(body(CAPTURE), startUnwind),
  };
}

/** The catcher stores a state and compares the pointer; `setjmp` sets the buffer's end. */
function jumpBuffers(catcher: Uint8Array, capture: Uint8Array) {
  const CAPTURED = 2;
  const target = [OP.localGet, 1];
  const stored = findCode(catcher, [...target, OP.i32Const, CAPTURED, OP.i32Store, WORD], CATCHER);
  const compared = findCode(catcher, [OP.i32Load, WORD, 0, ...target, OP.i32Ne], CATCHER);
  const ended = findCode(capture, [OP.i32Add, OP.localTee], CAPTURE);
  const bufferEnd = constantBefore(capture, ended);
  const bufferState = readUnsigned(catcher, stored + 6).value;
  // `struct { top, end, bytes }`, a pointer, the top, the payload, the state.
  if (bufferState !== bufferEnd + 12) throw new RangeError(`Expected other code in ${CAPTURE}`);
  return {
    active: constantBefore(catcher, compared),
    bufferEnd,
    bufferTop: bufferEnd + 4,
    bufferState,
  };
}

/** `rb_asyncify_unwind_buf = env; asyncify_start_unwind(env)` */
function unwindBuffer(capture: Uint8Array, startUnwind: number): number {
  const env = [OP.localGet, 0];
  const call = [...env, OP.i32Store, WORD, 0, ...env, OP.call, ...unsigned(startUnwind)];
  return constantBefore(capture, findCode(capture, call, CAPTURE));
}

function exported(exports: Uint8Array, wanted: string): number {
  const count = readUnsigned(exports, 0);
  let at = count.next;
  for (let index = 0; index < count.value; index += 1) {
    const name = readName(exports, at);
    const target = readUnsigned(exports, name.next + 1);
    if (name.value === wanted) return target.value;
    at = target.next;
  }
  throw new RangeError(`The module does not export ${wanted}`);
}

/** Which global a function returns that does nothing else. */
function globalRead(body: Uint8Array | undefined): number {
  const global = body && readUnsigned(body, 2);
  if (!global || body[0] !== 0 || body[1] !== OP.globalGet || body[global.next] !== OP.end) {
    throw new RangeError("Expected a function that returns a global");
  }
  return global.value;
}

/** Which global a function sets to its argument. */
function globalWritten(body: Uint8Array): number {
  const at = findCode(body, [OP.localGet, 0, OP.globalSet], "asyncify_start_unwind");
  return readUnsigned(body, at + 3).value;
}
