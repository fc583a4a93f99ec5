import { clockTime } from "../../format.ts";
import { cutTime, tickStep, type Scale } from "./scale.ts";
import type { TimeBreak } from "../model/types.ts";

interface Tick {
  a: number;
  label: string;
}

const MOST = 200;

/**
 * Marks of time: counted from `origin` (the beginning of a run) where that is near, as the learner's
 * clock shows it elsewhere and where the axis leaves time out.
 * @param gap least room between two, in px
 */
export function ticksOf(
  scale: Scale,
  breaks: readonly TimeBreak[],
  origin: number | null,
  gap: number,
): Tick[] {
  const step = tickStep(scale.pxPerMs, gap);
  const span = cutTime(breaks, scale.until) - cutTime(breaks, scale.from);
  const isNear =
    origin !== null &&
    scale.breaks.length === 0 &&
    Math.abs(scale.from - origin) < span * 2 &&
    step < 60_000;
  const zero = isNear ? origin : startOfDay(scale.from);
  const ticks: Tick[] = [];
  for (let n = Math.ceil((scale.from - zero) / step); ticks.length < MOST; n++) {
    let time = zero + n * step;
    if (time > scale.until) break;
    const hidden = scale.breaks.find((left) => time > left.from && time < left.until);
    if (hidden) {
      n = Math.ceil((hidden.until - zero) / step) - 1;
      continue;
    }
    time = Math.round(time * 1000) / 1000;
    const a = scale.at(time);
    // The words of what is left out stand in the middle of its place.
    const clear = scale.breaks.every((left) => {
      const middle = (left.at + scale.at(left.until)) / 2;
      return Math.abs(middle - a) > gap * 0.8;
    });
    if (clear) ticks.push({ a, label: isNear ? since(n * step, step) : clock(time, step) });
  }
  return spread(ticks, gap);
}

/** Ticks on both sides of a break may come too close. */
function spread(ticks: Tick[], gap: number): Tick[] {
  let last = -Infinity;
  return ticks.filter(({ a }) => {
    if (a - last < gap * 0.7) return false;
    last = a;
    return true;
  });
}

function since(ms: number, step: number): string {
  if (step >= 1000) return ms === 0 ? "0 s" : String(ms / 1000);
  return ms === 0 ? "0 ms" : String(Math.round(ms));
}

function clock(time: number, step: number): string {
  return clockTime(time, step < 1000);
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
