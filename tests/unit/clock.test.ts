import fc from "fast-check";
import { expect, test } from "vitest";
import { SharedClock } from "../../src/sandbox/clock.ts";

test("time never goes back, however it is moved, frozen and let go", () => {
  const step = fc.oneof(
    fc.double({ min: 0, max: 1e9, noNaN: true }),
    fc.constantFrom("freeze" as const, "unfreeze" as const),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const clock = new SharedClock();
      let last = clock.nowNs();
      for (const what of steps) {
        if (typeof what === "number") clock.forward(what);
        else clock[what]();
        expect(clock.nowNs()).toBeGreaterThanOrEqual(last);
        last = clock.nowNs();
      }
    }),
  );
});

test("frozen, time stands still for everyone who shares it, and is moved by exactly what is asked", () => {
  const clock = new SharedClock();
  const other = new SharedClock(clock.buffer);
  clock.freeze();
  const at = other.nowNs();
  clock.freeze();
  expect([other.frozen, other.nowNs(), clock.nowNs()]).toEqual([true, at, at]);
  clock.forward(2);
  expect(other.nowNs() - at).toBe(2_000_000n);
  expect(other.untilMs(other.now() + 1)).toBe(Infinity);
  expect(other.untilMs(other.now())).toBe(0);
  clock.unfreeze();
  expect([other.frozen, other.untilMs(other.now() + 1000) <= 1000]).toEqual([false, true]);
});

test("time does not move backwards on request", () => {
  expect(() => new SharedClock().forward(-1)).toThrow(RangeError);
});
