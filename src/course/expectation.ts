import type { Expectation, Reading } from "./experiment-schema.ts";

const DURATION = /^\d+(\.\d+)?$/;

/**
 * Says why what was read is not what the course states; null when it is. A duration has to be a number
 * of seconds, whatever else is expected of it.
 */
export function disappointed(
  text: string,
  reading: Pick<Reading, "expect" | "duration" | "last">,
): string | null {
  if (isDuration(reading) && !DURATION.test(text)) {
    return `was ${text || "empty"}, expected a number of seconds`;
  }
  return reading.expect === undefined ? null : unmet(text, reading.expect);
}

/** How long something took is different on each machine, so it needs no `expect`. */
export function isDuration({ duration, last }: Pick<Reading, "duration" | "last">): boolean {
  return duration === true || last === "seconds" || last === "meanwhile";
}

function unmet(text: string, expected: Expectation): string | null {
  if (typeof expected === "string") {
    return text === expected ? null : `was ${text}, expected ${expected}`;
  }
  if ("matches" in expected) {
    return new RegExp(expected.matches).test(text)
      ? null
      : `was ${text}, expected something like ${expected.matches}`;
  }
  const number = text.trim() === "" ? NaN : Number(text);
  if ("atLeast" in expected) {
    return number >= expected.atLeast ? null : `was ${text}, expected at least ${expected.atLeast}`;
  }
  return number <= expected.atMost ? null : `was ${text}, expected at most ${expected.atMost}`;
}
