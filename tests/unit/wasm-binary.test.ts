import fc from "fast-check";
import { expect, test } from "vitest";
import { codeOnly } from "../../src/sandbox/boot-image/code-only.ts";
import { withFiberRoots } from "../../src/sandbox/boot-image/fiber-roots.ts";
import { withMendedJumps } from "../../src/sandbox/boot-image/longjmp.ts";
import { withRoomToScan } from "../../src/sandbox/boot-image/scan-buffer.ts";
import { withLocalSetjmp } from "../../src/sandbox/boot-image/setjmp.ts";
import {
  readUnsigned,
  section,
  SECTION,
  sections,
  signed,
  unsigned,
} from "../../src/sandbox/boot-image/wasm-binary.ts";

const EMPTY_MODULE = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

test("what is written as LEB128 is read again", () => {
  fc.assert(
    fc.property(fc.nat(), (value) => {
      const bytes = Uint8Array.from([0xff, ...unsigned(value), 0xff]);
      expect(readUnsigned(bytes, 1)).toEqual({ value, next: bytes.length - 1 });
    }),
  );
});

test("a signed number that is not negative has no sign bit", () => {
  fc.assert(
    fc.property(fc.nat(), (value) => {
      const bytes = signed(value);
      expect((bytes.at(-1) as number) & 0x40).toBe(0);
      expect(readUnsigned(Uint8Array.from(bytes), 0).value).toBe(value);
    }),
  );
});

test("sections are found again, and a cut module is refused", () => {
  const whole = section(SECTION.memory, Uint8Array.from([1, 0, 2]));
  const module = Uint8Array.from([...EMPTY_MODULE, ...whole]);
  expect([...sections(module)].map(({ id, content }) => [id, [...content]])).toEqual([
    [SECTION.memory, [1, 0, 2]],
  ]);
  expect(() => [...sections(module.subarray(0, -1))]).toThrow(RangeError);
});

test("the limit on memory is in the code-only module", async () => {
  const memory = section(SECTION.memory, Uint8Array.from([1, 0, 2]));
  const named = section(SECTION.custom, Uint8Array.from([1, 0x78, 0]));
  const module = Uint8Array.from([...EMPTY_MODULE, ...memory, ...named]);
  const limited = codeOnly(module, { maximumPages: 300 });
  expect(WebAssembly.validate(limited)).toBe(true);
  expect([...sections(limited)].map(({ content }) => [...content])).toEqual([
    [1, 1, 2, ...unsigned(300)],
  ]);
});

test("a module that is not the Ruby that we know is not mended", () => {
  expect(() => withMendedJumps(EMPTY_MODULE)).toThrow(RangeError);
  expect(() => withFiberRoots(EMPTY_MODULE)).toThrow(RangeError);
  expect(() => withRoomToScan(EMPTY_MODULE)).toThrow(RangeError);
  expect(() => withLocalSetjmp(EMPTY_MODULE)).toThrow(RangeError);
});
