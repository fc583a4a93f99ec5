import { expect, test } from "vitest";
import { flagPlace } from "../../../../src/workbench/timeline/draw/flag-place.ts";

const flag = { width: 90, length: 800, nowAt: null };

test("a flag begins where its transaction ends, and stays on the axis", () => {
  expect(flagPlace({ ...flag, at: 300 })).toBe(300);
  expect(flagPlace({ ...flag, at: 790 })).toBe(710);
});

test("a flag that the grip would cover goes before it, or after it at the left edge", () => {
  expect(flagPlace({ ...flag, at: 300, nowAt: 350 })).toBe(252);
  expect(flagPlace({ ...flag, at: 20, nowAt: 40 })).toBe(48);
  expect(flagPlace({ ...flag, at: 300, nowAt: 500 })).toBe(300);
});
