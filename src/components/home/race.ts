/**
 * The two runs of the home page's picture, in ms since their transaction was opened. They were recorded in a
 * sandbox (tests/fixtures/timeline/race.json and commit.json; a test compares).
 */
export interface Run {
  callback: string;
  /** When the request calls perform_later. */
  enqueuedAt: number;
  /** When a worker starts the job, and when the job ends. */
  startedAt: number;
  endedAt: number;
  end: "failed" | "finished";
  /** When the transaction commits, and when the response goes out. */
  committedAt: number;
  respondedAt: number;
}

export const RUNS: readonly Run[] = [
  {
    callback: "after_create",
    enqueuedAt: 200,
    startedAt: 409,
    endedAt: 506,
    end: "failed",
    committedAt: 1211,
    respondedAt: 1215,
  },
  {
    callback: "after_create_commit",
    enqueuedAt: 1199,
    startedAt: 1467,
    endedAt: 1658,
    end: "finished",
    committedAt: 1007,
    respondedAt: 1227,
  },
];

/** Where things stand in a picture of some width, in its own units. */
export interface Scale {
  width: number;
  /** Left edge of time zero: what is left of it names the lanes. */
  left: number;
  /** Units per ms. */
  perMs: number;
}

export const WIDE: Scale = { width: 716, left: 86, perMs: 0.358 };
export const NARROW: Scale = { width: 350, left: 64, perMs: 0.158 };

export function x(scale: Scale, ms: number): number {
  return Math.round((scale.left + ms * scale.perMs) * 10) / 10;
}
