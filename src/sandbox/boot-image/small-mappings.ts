/**
 * Has `mmap` refuse large mappings. On WebAssembly they are memory that counts from the first moment.
 * Ruby asks for 16 MB for a cache of object shapes that it does not use on 32 bits, and for 14 MB for the
 * stacks of its first 32 Fibers; where it gets neither, it does without the cache (shape.c) and makes
 * fewer stacks at a time (cont.c, fiber_pool_allocate_memory).
 */
import { codeStart, concatenate, signed, withBody } from "./wasm-binary.ts";

const LARGEST_BYTES = 4 * 1024 * 1024;
/** `if (length > LARGEST_BYTES) return MAP_FAILED;` */
const REFUSAL = [
  ...[0x20, 1],
  ...[0x41, ...signed(LARGEST_BYTES)],
  ...[0x4b, 0x04, 0x40],
  ...[0x41, 0x7f, 0x0f, 0x0b],
];

/** @throws RangeError when the module has no function `mmap` */
export function withSmallMappings(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  return withBody(wasm, "mmap", (body) => {
    const code = codeStart(body);
    return concatenate([body.subarray(0, code), Uint8Array.from(REFUSAL), body.subarray(code)]);
  });
}
