/**
 * What happens in the sandbox, as one ordered stream. Events come from
 * ActiveSupport::Notifications inside the processes and from the sandbox itself
 * (start and end of processes); never from the text of a log.
 */
import type { ProcessExit, ProcessKind, SignalName } from "./sandbox.ts";

/** Fields that every event has. */
export interface EventBase {
  /** Order in the stream: 1, 2, 3, ... */
  seq: number;
  /** Sandbox time in ms since the Unix epoch. */
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
  | { type: "job.enqueued"; job: EventJob }
  | { type: "job.scheduled"; job: EventJob; at: number }
  | { type: "job.dispatched"; jobIds: number[] }
  | { type: "job.claimed"; jobId: number; registeredId: number }
  | { type: "job.started"; job: EventJob; execution: number }
  /** `duration` in ms of sandbox time. */
  | { type: "job.performed"; job: EventJob; duration: number }
  | { type: "job.raised"; job: EventJob; duration: number; error: EventError }
  /** Its row says so now. */
  | { type: "job.finished"; jobId: number }
  | { type: "job.failed"; jobIds: number[]; error: EventError }
  | { type: "job.retried"; job: EventJob; error: EventError | null; at: number }
  | { type: "job.discarded"; job: EventJob; error: EventError | null }
  | { type: "job.blocked"; jobId: number; concurrencyKey: string }
  | { type: "job.unblocked"; jobId: number; concurrencyKey: string }
  | { type: "job.released"; jobIds: number[] };

export type TransactionEvent =
  | { type: "transaction.opened"; transaction: string; database: string }
  | { type: "transaction.committed"; transaction: string; database: string }
  | { type: "transaction.rolledBack"; transaction: string; database: string };

export type OtherEvent =
  | { type: "request.started"; method: string; path: string }
  | { type: "request.finished"; method: string; path: string; status: number; duration: number }
  | { type: "recurring.enqueued"; task: string; at: number; skipped: boolean }
  | {
      type: "mail.delivered";
      mailId: number;
      subject: string;
      to: string[];
      activeJobId: string | null;
    }
  /** Its worker broke: from now on every query is an error. */
  | { type: "database.stopped"; reason: string }
  | { type: "code.reloaded"; paths: string[] }
  | { type: "clock.advanced"; by: number };

/** What a process reports; the sandbox adds the fields of `EventBase`. */
export type EventBody = ProcessEvent | JobEvent | TransactionEvent | OtherEvent;

export type SandboxEvent = EventBase & EventBody;
export type EventType = SandboxEvent["type"];
