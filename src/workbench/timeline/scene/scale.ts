import type { TimeBreak } from "../model/types.ts";

/** Room on the axis for time that is left out, in px. */
export const BREAK_PX = 36;

/**
 * Sandbox time without what the axis leaves out, in ms ("cut" time): a window on it keeps its width
 * whatever was jumped over.
 */
export function cutTime(breaks: readonly TimeBreak[], time: number): number {
  let removed = 0;
  for (const { from, until } of breaks) {
    if (time <= from) break;
    removed += Math.min(time, until) - from;
  }
  return time - removed;
}

/** The other way; a cut time at a break gives its end. */
export function uncutTime(breaks: readonly TimeBreak[], cut: number): number {
  let time = cut;
  for (const { from, until } of breaks) {
    if (time < from) break;
    time += until - from;
  }
  return time;
}

/** A part of the axis, in cut time (ms). */
export interface Window {
  from: number;
  until: number;
}

export interface Scale {
  /** Length of the drawing along time, in px. */
  length: number;
  /** Where a moment of sandbox time (ms) lies, in px; outside of the window below 0 or above `length`. */
  at(time: number): number;
  /** The moment (ms) at a place (px). */
  timeAt(px: number): number;
  /** The sandbox time (ms) at both ends. */
  from: number;
  until: number;
  /** What is left out within the window, with its place (px). */
  breaks: (TimeBreak & { at: number })[];
  pxPerMs: number;
}

export function createScale(window: Window, breaks: readonly TimeBreak[], length: number): Scale {
  const inside = breaks
    .map((gap) => ({ gap, cut: cutTime(breaks, gap.from) }))
    .filter(({ cut }) => cut >= window.from && cut < window.until);
  const room = Math.max(length * 0.2, length - inside.length * BREAK_PX);
  const breakPx = inside.length > 0 ? (length - room) / inside.length : 0;
  const pxPerMs = room / Math.max(window.until - window.from, 0.001);

  const at = (time: number) => {
    const cut = cutTime(breaks, time);
    let px = (cut - window.from) * pxPerMs;
    for (const { gap } of inside) {
      if (time >= gap.until) px += breakPx;
      else if (time > gap.from) px += (breakPx * (time - gap.from)) / (gap.until - gap.from);
    }
    return px;
  };
  const timeAt = (px: number) => {
    let left = px;
    for (const { gap, cut } of inside) {
      const start = (cut - window.from) * pxPerMs;
      if (left <= start) break;
      if (left < start + breakPx) {
        return gap.from + ((left - start) / breakPx) * (gap.until - gap.from);
      }
      left -= breakPx;
    }
    return uncutTime(breaks, window.from + left / pxPerMs);
  };

  return {
    length,
    at,
    timeAt,
    from: uncutTime(breaks, window.from),
    until: uncutTime(breaks, window.until),
    breaks: inside.map(({ gap }) => ({ ...gap, at: at(gap.from) })),
    pxPerMs,
  };
}

const STEPS = [1, 2, 5];

/** The smallest of 1, 2, 5, 10, 20, ... ms (then s, min, h) whose ticks are at least `gap` px apart. */
export function tickStep(pxPerMs: number, gap: number): number {
  const least = gap / pxPerMs;
  for (let power = 1; power < 1e5; power *= 10) {
    for (const step of STEPS)
      if (step * power >= least && step * power < 60_000) return step * power;
  }
  const minutes = [1, 2, 5, 10, 30, 60, 120, 360, 720, 1440].map((n) => n * 60_000);
  return minutes.find((step) => step >= least) ?? minutes.at(-1) ?? least;
}
