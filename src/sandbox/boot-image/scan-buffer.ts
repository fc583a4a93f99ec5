/**
 * Lets Ruby collect garbage however deep C is nested.
 *
 * To see the local variables of C, Ruby has asyncify write all of its stack to a buffer
 * (`rb_wasm_scan_locals`, wasm/machine.c). Ruby 3.3 has 24 KB for it, which some sixty blocks inside each
 * other fill (`each` in `each` in ...): then the process crashes, at whatever moment garbage is collected.
 * Here the buffer lies at the far end of C's own stack, which has 16 MB and no use for that end.
 */
import { constant, readUnsigned, withBody } from "./wasm-binary.ts";

const SCAN = "rb_wasm_scan_locals";
const OP = { i32Store: 0x36, i32Const: 0x41 } as const;
const STORE = [OP.i32Store, 2, 0];

/** Not from 0: nothing shall ever be where a null pointer leads. The end is looked through at each collection. */
const START = 64 * 1024;
const END = START + 256 * 1024;

/** @throws RangeError when the module is not a Ruby of the kind that this knows */
export function withRoomToScan(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  return withBody(wasm, SCAN, (body) => {
    for (let at = 0; at < body.length; at += 1) {
      const found = initialization(body, at);
      if (!found) continue;
      return Uint8Array.from([
        ...body.subarray(0, at),
        ...[...constant(found.buffer + 4), ...constant(END), ...STORE],
        ...[...constant(found.buffer), ...constant(START), ...STORE],
        ...body.subarray(found.next),
      ]);
    }
    throw new RangeError(`Expected other code in ${SCAN}`);
  });
}

/** `buffer.end = &bytes[size]; buffer.top = &bytes[0]`, where the bytes follow the two pointers. */
function initialization(body: Uint8Array, at: number): { buffer: number; next: number } | null {
  const end = storedConstant(body, at);
  const top = end && storedConstant(body, end.next);
  if (!top || end.address !== top.address + 4 || top.value !== top.address + 8) return null;
  return { buffer: top.address, next: top.next };
}

/** `*address = value`, both known. */
function storedConstant(
  body: Uint8Array,
  at: number,
): { address: number; value: number; next: number } | null {
  if (body[at] !== OP.i32Const) return null;
  const address = readUnsigned(body, at + 1);
  if (body[address.next] !== OP.i32Const) return null;
  const value = readUnsigned(body, address.next + 1);
  if (!STORE.every((byte, index) => body[value.next + index] === byte)) return null;
  return { address: address.value, value: value.value, next: value.next + STORE.length };
}
