/** Half the width (px) of the cursor's grip, and a little room. */
const GRIP = 8;

interface Options {
  /** Where the transaction ended, in px along time. */
  at: number;
  /** Of the flag, in px. */
  width: number;
  /** Of the axis, in px. */
  length: number;
  /** Where the grip of the cursor stands at now; null while it is elsewhere. */
  nowAt: number | null;
}

/**
 * Where a flag at the axis begins, in px. The grip at now lies over the axis: a flag that it would cover goes before
 * it, or after it where there is no room before.
 */
export function flagPlace({ at, width, length, nowAt }: Options): number {
  const last = Math.max(length - width, 0);
  const x = Math.min(Math.max(at, 0), last);
  const isCovered = nowAt !== null && nowAt + GRIP > x && nowAt - GRIP < x + width;
  if (!isCovered) return x;
  const before = nowAt - GRIP - width;
  return before >= 0 ? before : Math.min(nowAt + GRIP, last);
}
