/** Every message between the sandbox and its workers. */
import type { EventBody } from "./events.ts";
import type { DeliverableSignal } from "./control.ts";
import type { PathChanges } from "./database/change-log.ts";
import type { PathLock } from "./database/locks.ts";
import type { OutputLine } from "./process/output.ts";
import type { FileTree, ProcessKind, RubyError, SignalName, SqlValue } from "./sandbox.ts";
import type { ChannelRequest } from "./sync-channel.ts";

/**
 * What a process does. A `dashboard` acts on the queue for the page and is in no list: a console that is busy
 * with the learner's code, or a web process that hangs, must not keep a failed job from being retried.
 */
export type ProcessRole = ProcessKind | "dashboard";

/** What a process's worker is told first, long before it knows which process it will be. */
export interface PrepareMessage {
  type: "prepare";
  module: WebAssembly.Module;
  image: SharedArrayBuffer;
}

/** What a process is told before it starts. The port is transferred beside it. */
export interface StartMessage<Port> {
  type: "start";
  pid: number;
  kind: ProcessRole;
  name: string;
  /** For Ruby: `queues`, `threads`, `polling_interval`. */
  options: Record<string, unknown>;
  /** The photon module, for pictures. */
  imageLibrary: WebAssembly.Module;
  clock: SharedArrayBuffer;
  control: SharedArrayBuffer;
  files: FileTree;
  /** Load schemas and seeds first. */
  prepareDatabases: boolean;
  /** Tell at each line of the app's code that it began (`ProcessControl.lastLine`). */
  followLines: boolean;
  database: ChannelEnd<Port>;
  /** What it shares with the sandbox for its calls, which come as messages of type `call`. */
  kernel: SharedArrayBuffer;
}

/** One end of a synchronous channel (sync-channel.ts). */
export interface ChannelEnd<Port> {
  port: Port;
  buffer: SharedArrayBuffer;
}

/**
 * What a process tells the sandbox. It is all one stream, so that who has an answer of the process, or knows
 * that it runs, has been told all that it did before.
 */
export type ProcessMessage =
  /** The only message for whose answer it waits (sync-channel.ts). */
  | { type: "call"; request: ChannelRequest }
  | { type: "lines"; lines: OutputLine[] }
  | { type: "event"; time: number; event: EventBody }
  | { type: "memory"; bytes: number }
  | { type: "idle" }
  /** The process's number for a file of the app, in `ProcessControl.lastLine`. */
  | { type: "source"; index: number; path: string }
  /** The last message. `crash` is set when WebAssembly trapped. */
  | {
      type: "exited";
      code: number;
      signal: SignalName | null;
      reason: string | null;
      /** What Ruby raised, where that ended it. */
      error: RubyError | null;
      crash: string | null;
    };

/** What the sandbox asks of a process; it fetches these with `kernel.receive`. */
export type Request =
  | { type: "request"; request: { method: string; path: string; headers: [string, string][] } }
  | { type: "evaluate"; code: string }
  | { type: "complete" | "whole"; code: string }
  | { type: "queue"; action: string; argument: string | number | number[] }
  /** `test` is the number of one of the check's tests; null asks which there are. */
  | { type: "check"; source: string; test: number | null };

/** What the database worker is told. */
export type DatabaseWorkerMessage<Port> =
  | { type: "connect"; pid: number; control: SharedArrayBuffer; channel: ChannelEnd<Port> }
  | { type: "disconnect"; pid: number }
  | { type: "ask"; id: number; question: DatabaseQuestion };

export type DatabaseQuestion =
  /** `at`: sandbox time in ms; null for now. */
  | { ask: "tables" | "schema"; path: string; at: number | null }
  | { ask: "query"; path: string; sql: string; binds: SqlValue[]; at: number | null }
  | { ask: "backendQuery" | "execute"; path: string; sql: string; binds: SqlValue[] }
  | { ask: "knownSince"; path: string }
  | { ask: "locks" }
  /** All at once, so that they are of the same moment. */
  | { ask: "export"; paths: string[] }
  | { ask: "check"; bytes: Uint8Array }
  | { ask: "import"; path: string; bytes: Uint8Array };

/** What the database worker says. `ready` comes first. */
export type DatabaseWorkerAnswer =
  | { type: "ready" }
  | { type: "answer"; id: number; value: unknown }
  | { type: "refused"; id: number; message: string }
  | { type: "news"; changes: PathChanges[]; locks: PathLock[] }
  /** It could not start, or its state is no longer sound: the last message. */
  | { type: "failed"; message: string };

export type { DeliverableSignal };
