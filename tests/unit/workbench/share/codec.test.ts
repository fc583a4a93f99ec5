import { createHash } from "node:crypto";
import { deflateSync, strToU8 } from "fflate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  carriesCode,
  decodeShared,
  encodeShared,
  MAX_LINK,
  SharedCodeError,
} from "../../../../src/workbench/share/codec.ts";

const path = fc
  .array(fc.stringMatching(/^[a-z_][a-z0-9_.-]{0,10}$/), { minLength: 1, maxLength: 4 })
  .map((names) => names.join("/"));
const text = fc.option(fc.string({ unit: "grapheme", maxLength: 300 }), { nil: null });

const pack = (value: unknown) =>
  `#code=${Buffer.from(deflateSync(strToU8(JSON.stringify(value)))).toString("base64url")}`;

describe("a link", () => {
  test("carries any files there and back", () => {
    fc.assert(
      fc.property(fc.dictionary(path, text, { maxKeys: 5, noNullPrototype: true }), (files) => {
        const fragment = encodeShared({ slug: "one", files });
        expect(fragment).toMatch(/^#code=[\w-]+$/);
        expect(carriesCode(fragment)).toBe(true);
        expect(decodeShared(fragment)).toEqual({ slug: "one", files });
      }),
    );
  });

  test("that is damaged is refused with a sentence, whatever the damage", () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        expect(() => decodeShared(`#code=${rest}`)).toThrow(SharedCodeError);
      }),
    );
    const whole = encodeShared({ slug: "one", files: { "a.rb": "x".repeat(500) } });
    expect(() => decodeShared(whole.slice(0, -5))).toThrow(/cut off/);
  });

  test.each([
    ["another version", { version: 2, slug: "one", files: {} }],
    ["no files", { version: 1, slug: "one" }],
    ["a path out of the app", { version: 1, slug: "one", files: { "../x": "" } }],
    ["an absolute path", { version: 1, slug: "one", files: { "/etc/passwd": "" } }],
    ["a number for a file", { version: 1, slug: "one", files: { "a.rb": 1 } }],
    ["a strange slug", { version: 1, slug: "a/b", files: {} }],
    ["something more", { version: 1, slug: "one", files: {}, run: true }],
    ["a list", []],
  ])("with %s is refused", (_, value) => {
    expect(() => decodeShared(pack(value))).toThrow("something else");
  });

  test("that would unpack to too much is refused before it has", () => {
    const bomb = pack({ version: 1, slug: "one", files: { "a.rb": "0".repeat(8_000_000) } });
    expect(bomb.length).toBeLessThan(MAX_LINK);
    expect(() => decodeShared(bomb)).toThrow("too large");
  });

  test("is not made when it would be too long, and says what to do instead", () => {
    const noise = (i: number) => createHash("sha256").update(String(i)).digest("base64");
    const files = { "a.rb": Array.from({ length: 1000 }, (_, i) => noise(i)).join("\n") };
    expect(() => encodeShared({ slug: "one", files })).toThrow(/zip instead/);
  });
});
