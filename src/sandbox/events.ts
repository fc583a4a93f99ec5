/**
 * What happens in the sandbox, as one ordered stream. Events come from
 * ActiveSupport::Notifications inside the processes and from the sandbox itself
 * (start and end of processes); never from the text of a log.
 */
import type {
  DatabaseLock,
  ProcessExit,
  ProcessKind,
  RowChanges,
  SignalName,
  SourceLocation,
} from "./sandbox.ts";

/**
 * Fields that every event has. The stream's order is that in which the sandbox was told. What one process tells is
 * in the order of its times. Two processes run side by side, and the database tells of rows and locks up to 50 ms
 * later, so an event may follow one of another source whose time is some ms later. Before the clock is advanced, what
 * has happened is told.
 */
export interface EventBase {
  /** Order in the stream: 1, 2, 3, ... */
  seq: number;
  /** When it happened: sandbox time in ms since the Unix epoch. */
  time: number;
  pid: number;
  /** Name of the process: `web`, `jobs-1`, `console`. */
  process: string;
}

/** A job as the events name it. */
export interface EventJob {
  /** Active Job's id: the same for every attempt. */
  activeJobId: string;
  /** The row in the queue, where there is one. */
  jobId: number | null;
  className: string;
  queueName: string;
}

export interface EventError {
  className: string;
  message: string;
}

/** Where in the app something happened. */
export interface EventOrigin {
  /** The request that was being answered (`request.started`). */
  requestId: string | null;
  /** The row of the job that was being performed. */
  jobId: number | null;
  /** That job's Active Job id: `:async` and `:inline` have no rows. */
  activeJobId: string | null;
  /** The app's transaction that was open: its BEGIN had been sent, its end had not. */
  transaction: string | null;
  /** The innermost line of the app's own code; null in the console. */
  location: SourceLocation | null;
}

/** The part of `job.enqueued` and `job.scheduled` that says where the job came from. */
export interface EnqueueOrigin {
  origin: EventOrigin;
  /**
   * The job's row is written by `origin.transaction`, because the queue lives in the app's database:
   * others see it with the COMMIT, and a ROLLBACK takes it away.
   */
  rowInTransaction: boolean;
}

export type ProcessEvent =
  | { type: "process.started"; kind: ProcessKind }
  | { type: "process.signaled"; signal: SignalName }
  | { type: "process.exited"; exit: ProcessExit }
  /** A row of the queue's table of processes: supervisor, worker, dispatcher or scheduler. */
  | { type: "process.registered"; registeredId: number; kind: string; name: string }
  | { type: "process.heartbeat"; registeredId: number; kind: string; name: string }
  | { type: "process.deregistered"; registeredId: number; kind: string; name: string }
  | { type: "process.pruned"; registeredId: number; kind: string; name: string; prunedPid: number };

export type JobEvent =
  | ({ type: "job.enqueued"; job: EventJob } & EnqueueOrigin)
  | ({ type: "job.scheduled"; job: EventJob; at: number } & EnqueueOrigin)
  | { type: "job.dispatched"; jobIds: number[] }
  | { type: "job.claimed"; jobId: number; registeredId: number }
  | { type: "job.started"; job: EventJob; execution: number }
  /** `perform` ran to its end. `duration` in ms of sandbox time. */
  | { type: "job.performed"; job: EventJob; duration: number }
  /** A `before_perform` stopped it: `perform` did not run. */
  | { type: "job.aborted"; job: EventJob; duration: number }
  /** An error left `perform`, whoever deals with it: what became of the job is told next. */
  | { type: "job.raised"; job: EventJob; duration: number; error: EventError }
  /** Its row says so now. */
  | { type: "job.finished"; jobId: number }
  | { type: "job.failed"; jobIds: number[]; error: EventError }
  | { type: "job.retried"; job: EventJob; error: EventError | null; at: number }
  /** Given up without failing, by `discard_on` or by the block of a `retry_on` whose attempts are used up. */
  | { type: "job.discarded"; job: EventJob; error: EventError | null }
  | { type: "job.blocked"; jobId: number; concurrencyKey: string }
  | { type: "job.unblocked"; jobId: number; concurrencyKey: string }
  | { type: "job.released"; jobIds: number[] };

/**
 * `transaction` is Active Record's `Transaction#uuid`. What a killed process had open is told as rolled
 * back. Transactions that touch none of the app's tables (the queue's own among them) are not told.
 */
export type TransactionEvent =
  | { type: "transaction.opened"; transaction: string; database: string }
  | { type: "transaction.committed"; transaction: string; database: string }
  | { type: "transaction.rolledBack"; transaction: string; database: string }
  /** `transaction(requires_new: true)` within one that is open: a part of it that can be undone alone. */
  | { type: "savepoint.opened"; transaction: string; savepoint: string; database: string }
  /** Its end is no COMMIT: what it wrote waits for that of the transaction. */
  | { type: "savepoint.released"; transaction: string; savepoint: string; database: string }
  | { type: "savepoint.rolledBack"; transaction: string; savepoint: string; database: string };

export type StatementOperation = "select" | "insert" | "update" | "delete";

/** A statement on one of the app's own tables that SQLite has run; not the queue's own. */
export interface StatementEvent {
  type: "statement";
  operation: StatementOperation;
  table: string;
  database: string;
  /** Rows that a SELECT returned, or that the others wrote. */
  rowCount: number;
  /** The ids of the rows where the statement names them or has just given one; null where that is not known. */
  ids: (number | string)[] | null;
  /** In ms of sandbox time, with the wait for a lock. */
  duration: number;
  origin: EventOrigin;
}

export type OtherEvent =
  /** `requestId` is unique in the sandbox. */
  | { type: "request.started"; requestId: string; method: string; path: string }
  | {
      type: "request.finished";
      requestId: string;
      method: string;
      path: string;
      status: number;
      /** In ms of sandbox time. */
      duration: number;
    }
  | { type: "recurring.enqueued"; task: string; at: number; skipped: boolean }
  | {
      type: "mail.delivered";
      mailId: number;
      subject: string;
      to: string[];
      activeJobId: string | null;
    }
  | { type: "code.reloaded"; paths: string[] }
  | { type: "clock.advanced"; by: number }
  | { type: "clock.frozen" | "clock.unfrozen" };

/** Told by the database, of every process and of the page (pid 0). At most 50 ms late (machine's). */
export type DatabaseEvent =
  /**
   * What a process has committed, several commits in a row together. The event's time is that of
   * the newest, so `database.at(time)` shows the rows as this event left them.
   */
  | {
      type: "rows.changed";
      database: string;
      /** Number of the newest commit: 1, 2, 3, ... for each database. */
      commit: number;
      tables: RowChanges[];
      /** The schema changed, too: columns and tables may be other ones. */
      schema: boolean;
    }
  /** Every lock to write that is held now. Comes when one has been taken, waited for or given back. */
  | { type: "database.locks"; locks: DatabaseLock[] }
  /** Its worker broke: from now on every query is an error. */
  | { type: "database.stopped"; reason: string };

/** What a process reports; the sandbox adds the fields of `EventBase`. */
export type EventBody =
  ProcessEvent | JobEvent | TransactionEvent | StatementEvent | DatabaseEvent | OtherEvent;

export type SandboxEvent = EventBase & EventBody;
export type EventType = SandboxEvent["type"];
