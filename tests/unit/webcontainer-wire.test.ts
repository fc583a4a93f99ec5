import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineReader, toLines } from "../../src/sandbox/webcontainer/wire.ts";

/** What a reader of that side finds in the text, which comes in pieces of `size`. */
function read(text: string, size = Infinity): { messages: unknown[]; noise: string[] } {
  const messages: unknown[] = [];
  const noise: string[] = [];
  const reader = new LineReader(
    "runner",
    (message) => messages.push(message),
    (line) => noise.push(line),
  );
  const step = Math.min(size, text.length);
  for (let start = 0; start < text.length; start += step)
    reader.push(text.slice(start, start + step));
  return { messages, noise };
}

const values = [
  null,
  "Grüße, 日本語, 😀 and half of one: \ud83d",
  { rows: [[1n, -(2n ** 63n), new Uint8Array([0, 255, 10, 13]), null, 0.5]] },
  [Number.NaN, Infinity, -Infinity],
  { $bytes: "not bytes", other: 1 },
  { $bigint: "12" },
  { $object: { $number: "NaN" } },
  new Uint8Array(100_000).map((_, index) => index % 251),
];

describe("a message on the wire", () => {
  test.each(values)("arrives as it was: %#", (value) => {
    expect(read(toLines("runner", value)).messages).toEqual([value]);
  });

  test("is lines of ASCII that a terminal can collect", () => {
    for (const value of values) {
      const text = toLines("runner", value);
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
      const longest = Math.max(...text.split("\n").map((line) => line.length));
      expect(longest).toBeLessThan(4_095);
    }
  });

  test("arrives in pieces of any size, with CR LF, among what others print", () => {
    const json = fc.jsonValue();
    const size = fc.integer({ min: 1, max: 50 });
    const noise = fc.stringMatching(/^[ -~]{0,30}$/).filter((line) => !line.startsWith(">pl"));
    fc.assert(
      fc.property(fc.array(json), size, noise, (sent, pieces, line) => {
        const text = sent.map((value) => line + toLines("runner", value)).join("");
        const { messages, noise: found } = read(text.replaceAll("\n", "\r\n"), pieces);
        expect(messages).toEqual(JSON.parse(JSON.stringify(sent)));
        expect(found).toEqual(line === "" ? [] : sent.map(() => line));
      }),
      { seed: 7 },
    );
  });

  test("is no message of the other side: an echo is noise", () => {
    const { messages, noise } = read(toLines("page", { type: "call" }));
    expect(messages).toEqual([]);
    expect(noise).toHaveLength(1);
  });

  test("arrives though echoes stand anywhere in it", () => {
    const long = fc.string({ maxLength: 9_000, size: "max" });
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(long, { maxLength: 3 }), places, long, (sent, at, typed) => {
        const text = sent.map((value) => toLines("runner", value)).join("");
        const cuts = [0, ...at.map((part) => Math.round(part * text.length)).sort((a, b) => a - b)];
        const pieces = cuts.map((from, index) => text.slice(from, cuts[index + 1]));
        const echo = toLines("page", typed);
        expect(read(pieces.join(echo).replaceAll("\n", "\r\n"), 997).messages).toEqual(sent);
      }),
      { seed: 7, endOnFailure: true },
    );
  });

  test.each([
    ["a line that lost its end", (line: string) => line.slice(0, 700)],
    [
      "a line that something was printed into",
      (line: string) => `${line.slice(0, 700)}!\n${line.slice(700)}`,
    ],
  ])("is damaged by %s, which the next message shows", (_, damage) => {
    const lines = toLines("runner", { rows: "x".repeat(5_000) }).split("\n");
    lines[1] = damage(lines[1] ?? "");
    expect(() => read(lines.join("\n") + toLines("runner", 1))).toThrow(SyntaxError);
  });

  test("that came damaged is an error", () => {
    const text = toLines("runner", { rows: "x".repeat(5_000) }).split("\n");
    text.splice(2, 1);
    expect(() => read(text.join("\n"))).toThrow(SyntaxError);
  });
});
