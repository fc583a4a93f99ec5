/** The stretches of time that the chart can show. */
export const SPANS = [
  { label: "10 min", span: 10 * 60_000, interval: 30_000, each: "30 s" },
  { label: "1 h", span: 60 * 60_000, interval: 180_000, each: "3 min" },
  { label: "1 day", span: 24 * 3_600_000, interval: 3_600_000, each: "hour" },
] as const;

/** The range up to now, in whole intervals, so that bars do not slide under the eye. */
export function rangeUpTo(now: number, { span, interval }: { span: number; interval: number }) {
  const to = (Math.floor(now / interval) + 1) * interval;
  return { from: to - span, to, interval };
}

/** The next round number at or above: 1, 2, 5, 10, 20, ... */
export function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}
