/** The two runs of the home page's picture, in ms since the request came in. */
export interface Run {
  callback: string;
  /** When the request calls perform_later. */
  enqueuedAt: number;
  /** When a worker starts the job, and when the job ends. */
  startedAt: number;
  endedAt: number;
  end: "failed" | "finished";
}

/** When the transaction commits, and when the response goes out. */
export const COMMIT_AT = 640;
export const RESPONSE_AT = 688;

export const RUNS: readonly Run[] = [
  { callback: "after_save", enqueuedAt: 186, startedAt: 360, endedAt: 492, end: "failed" },
  { callback: "after_commit", enqueuedAt: 657, startedAt: 830, endedAt: 1070, end: "finished" },
];

/** Where things stand in a picture of some width, in its own units. */
export interface Scale {
  width: number;
  /** Left edge of time zero: what is left of it names the lanes. */
  left: number;
  /** Units per ms. */
  perMs: number;
}

export const WIDE: Scale = { width: 716, left: 86, perMs: 0.502 };
export const NARROW: Scale = { width: 350, left: 64, perMs: 0.2 };

export function x(scale: Scale, ms: number): number {
  return Math.round((scale.left + ms * scale.perMs) * 10) / 10;
}
