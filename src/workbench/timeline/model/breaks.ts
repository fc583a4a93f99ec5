import type { TimeBreak } from "./types.ts";

/** An empty stretch of a jump is left out when it is longer than this (ms). */
const LONGEST_EMPTY = 1000;
/** So much (ms) stays on both sides of what is left out. */
const MARGIN = 100;
const KEPT_TIMES = 20_000;

/** Finds out what may be left out of the axis when the clock was advanced. */
export class Breaks {
  #times: number[] = [];

  /** Something happened at this time (ms). */
  note(time: number): void {
    this.#times.push(time);
    if (this.#times.length > KEPT_TIMES * 1.25) this.#times = this.#times.slice(-KEPT_TIMES);
  }

  /** The empty stretches of an advance by `by` ms that ended at `until`. */
  ofAdvance(until: number, by: number): TimeBreak[] {
    const from = until - by;
    const inside = this.#times.filter((time) => time > from && time < until).sort((a, b) => a - b);
    const stops = [from, ...inside, until];
    return stops
      .slice(1)
      .map((stop, index) => ({ from: (stops[index] ?? from) + MARGIN, until: stop - MARGIN }))
      .filter((gap) => gap.until - gap.from > LONGEST_EMPTY);
  }
}
