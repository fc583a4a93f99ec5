import type { JobState, ProcessExit, Versions } from "../../../src/sandbox/sandbox.ts";

/** What the engine did in a browser. */
export interface Facts {
  versions: Versions;
  /** A Ruby computation, and one so deep that it needs much of the stack. */
  evaluated: { simple: string | null; deep: string | null };
  upload: { status: number; location: string | null };
  /** The job that made the thumbnail, and the thumbnail's size. */
  photoJob: JobState;
  thumbnail: [number, number];
  /** A worker killed while its job slept, and the state in which the job was left. */
  killedAsleep: { exit: ProcessExit; job: JobState };
  /** The same with a job in an endless loop. */
  killedBusy: { exit: ProcessExit; job: JobState };
  /** The job that the next worker performed. */
  nextJob: JobState;
}

/** What the page has to say, also while it is at work: the driver looks at `globalThis.smoke`. */
export interface SmokeReport {
  isolated: boolean;
  /** The last step that was begun. */
  step: string;
  facts: Facts | null;
  /** Errors of the page and what its processes last said, when something went wrong. */
  errors: string[];
}
