import type { Expectation } from "./experiment-schema.ts";

/** Says why a reading is not what the course states; null when it is. */
export function disappointed(text: string, expected: Expectation): string | null {
  if (typeof expected === "string") {
    return text === expected ? null : `was ${text}, expected ${expected}`;
  }
  if ("matches" in expected) {
    return new RegExp(expected.matches).test(text)
      ? null
      : `was ${text}, expected something like ${expected.matches}`;
  }
  const number = Number(text);
  if ("atLeast" in expected) {
    return number >= expected.atLeast ? null : `was ${text}, expected at least ${expected.atLeast}`;
  }
  return number <= expected.atMost ? null : `was ${text}, expected at most ${expected.atMost}`;
}
