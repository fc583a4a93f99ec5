import { spanOfRun } from "../model/runs.ts";
import type { Run, TimelineState } from "../model/types.ts";
import { cutTime, type Window } from "../scene/scale.ts";

/** The shortest and the longest window, in ms. */
const SHORTEST = 5;
const LONGEST = 7 * 24 * 3600 * 1000;
/** A run is drawn on no less than this, so that a short one is not blown up. */
const LEAST_RUN = 300;

/** All of a run, with some room: more behind it, for the words there. */
export function fitRun(state: TimelineState, run: Run, now: number): Window {
  const span = spanOfRun(run, now);
  const from = cutTime(state.breaks, span.from);
  const length = Math.max(cutTime(state.breaks, span.until) - from, LEAST_RUN);
  return { from: from - length * 0.04, until: from + length * 1.2 };
}

/** The newest `length` ms. */
export function liveWindow(state: TimelineState, now: number, length: number): Window {
  const until = cutTime(state.breaks, now);
  return { from: until - length, until: until + length * 0.02 };
}

/** Nearer (factor below 1) or farther, around a place that keeps still (0 to 1 of the window). */
export function zoom({ from, until }: Window, factor: number, around: number): Window {
  const length = Math.min(Math.max((until - from) * factor, SHORTEST), LONGEST);
  const still = from + (until - from) * around;
  return { from: still - length * around, until: still + length * (1 - around) };
}

/** Earlier or later by a part of the window. */
export function pan({ from, until }: Window, share: number): Window {
  const by = (until - from) * share;
  return { from: from + by, until: until + by };
}
