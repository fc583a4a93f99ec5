/** What the benchmark's page can measure: one load of the page, `?measure=<name>`, for each figure. */

/** Times in ms from the moment when the page's script began. */
export interface BootFigures {
  /** The two files are here and the code is compiled; the plain way: compiled. */
  loaded: number;
  /** Ruby code can be evaluated in a booted app. */
  booted: number;
  /** `perform_later` has returned for the first time. */
  firstEnqueue: number;
  /** A further process runs, in ms from asking for it; the plain way boots again, compiled already. */
  nextProcess: number;
  /** Bytes of linear memory of the process that enqueued. */
  memoryBytes: number;
}

export interface WorkFigures {
  queriesPerSecond: number;
  enqueuedPerSecond: number;
  performedPerSecond: { oneWorker: number; twoWorkers: number };
  requestsPerSecond: number;
  /** From sending the form to the event that says the job was performed, median in ms. */
  clickToPerformed: number;
  /** Bytes of linear memory at the end, by name of the process. */
  memoryBytes: Record<string, number>;
}

/** The same Rails, SQLite and Solid Queue in one worker, which enqueues and then performs. */
export type PlainWorkFigures = Pick<WorkFigures, "queriesPerSecond" | "enqueuedPerSecond"> & {
  performedPerSecond: number;
};

export interface GrowthFigures {
  /** Jobs that wait, for each row. */
  waiting: number;
  /** Median ms of each. */
  claim: number;
  enqueue: number;
  /** The jobs panel's two questions. */
  counts: number;
  newestJobs: number;
}

export interface Measures {
  "plain-boot": BootFigures;
  boot: BootFigures;
  /** As the workbench starts it: web, jobs and, for the entry, console. */
  "boot-all": BootFigures;
  "plain-work": PlainWorkFigures;
  work: WorkFigures;
  growth: GrowthFigures[];
}

export type MeasureName = keyof Measures;

/** `globalThis.bench` of the page. */
export interface BenchReport {
  measure: string;
  figures: Measures[MeasureName] | null;
  error: string | null;
}
