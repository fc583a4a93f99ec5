/**
 * What the timeline knows, read from events and nothing else. All times are sandbox time in ms since the
 * Unix epoch; an end that has not come yet is null.
 */
import type { EventError, EventOrigin, StatementOperation } from "../../../sandbox/events.ts";

export type LaneKind =
  "web" | "console" | "queue" | "database" | "worker" | "dispatcher" | "scheduler";

/** A process, or a part of one, or the database: what things happen in. */
export interface Lane {
  id: string;
  kind: LaneKind;
  /** The process's name, `jobs-1`; empty where the lane is no process's. */
  process: string;
  pid: number;
  from: number;
  until: number | null;
  /** How it ended; a killed process did not end by itself. */
  end: "ended" | "killed" | null;
  /** The newest heartbeats, oldest first. */
  heartbeats: number[];
}

/** A request that the web process answers. */
export interface RequestBar {
  id: string;
  lane: string;
  method: string;
  path: string;
  from: number;
  until: number | null;
  status: number | null;
  /** Its process was killed before it answered. */
  torn: boolean;
}

export type SegmentState = "scheduled" | "ready" | "blocked" | "claimed" | "running";

/** A stretch of a job's life in one state. */
export interface Segment {
  state: SegmentState;
  from: number;
  until: number | null;
  /** Who had it: for `claimed` and `running`. */
  lane: string | null;
  /** Its process was killed. */
  torn: boolean;
}

export type JobEndKind = "finished" | "failed" | "retried" | "discarded";

export interface JobEnd {
  kind: JobEndKind;
  time: number;
  /** The lane of the mark: that of the last run. */
  lane: string | null;
}

/** A statement that found or changed no row. */
export interface EmptyStatement {
  time: number;
  operation: StatementOperation;
  table: string;
  ids: (number | string)[] | null;
}

/** One row of the queue: one attempt of a job. */
export interface JobBar {
  /** The row's id, or Active Job's where the adapter has no rows. */
  key: string;
  jobId: number | null;
  activeJobId: string | null;
  className: string | null;
  queueName: string | null;
  enqueuedAt: number | null;
  /** When a scheduled job falls due. */
  dueAt: number | null;
  origin: EventOrigin | null;
  /** Lane in which it was enqueued. */
  originLane: string | null;
  rowInTransaction: boolean;
  concurrencyKey: string | null;
  /** Runs so far, this one included. */
  execution: number | null;
  segments: Segment[];
  ends: JobEnd[];
  error: EventError | null;
  /** The newest statements of this job that found nothing. */
  empty: EmptyStatement[];
  run: Run | null;
}

/** Rows of one table that a transaction wrote: others see them after its COMMIT only. */
export interface RowBand {
  table: string;
  operation: "insert" | "update" | "delete";
  /** At most 50. */
  ids: Set<string>;
  rowCount: number;
  from: number;
}

export interface Savepoint {
  id: string;
  from: number;
  until: number | null;
  rolledBack: boolean;
}

export interface TransactionMark {
  id: string;
  lane: string;
  database: string;
  from: number;
  until: number | null;
  end: "committed" | "rolledBack" | null;
  /** Rolled back because its process was killed. */
  torn: boolean;
  bands: RowBand[];
  savepoints: Savepoint[];
  /** Jobs that were enqueued while it was open. */
  enqueued: JobBar[];
  origin: EventOrigin | null;
  run: Run | null;
}

export type MomentKind = "killed" | "signal" | "pruned" | "dispatched" | "recurring";

/** A thing that happens at once. */
export interface Moment {
  seq: number;
  kind: MomentKind;
  time: number;
  lane: string;
  text: string;
}

/** A stretch of sandbox time that the clock jumped over and in which nothing happened. */
export interface TimeBreak {
  from: number;
  until: number;
}

/** What one cause led to: a request or a line in the console, its transactions, its jobs and theirs. */
export interface Run {
  id: number;
  /** The lane in which it began. */
  lane: string;
  from: number;
  /** When its cause last did something: a cause close behind it is the same. */
  causeAt: number;
  /** When anything of it last happened. */
  lastAt: number;
  request: RequestBar | null;
  jobs: JobBar[];
  transactions: TransactionMark[];
  /** It wrote or enqueued: a page that was only read is no run worth showing. */
  worth: boolean;
}

export interface TimelineState {
  lanes: Map<string, Lane>;
  requests: Map<string, RequestBar>;
  jobs: Map<string, JobBar>;
  transactions: TransactionMark[];
  moments: Moment[];
  breaks: TimeBreak[];
  runs: Run[];
  /** The newest event's time; 0 before the first. */
  lastTime: number;
}
