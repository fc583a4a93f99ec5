/** Every message between the sandbox and its workers. */
import type { EventBody } from "./events.ts";
import type { DeliverableSignal } from "./control.ts";
import type { PathChanges } from "./database/change-log.ts";
import type { PathLock } from "./database/locks.ts";
import type { OutputLine } from "./process/output.ts";
import type { FileTree, ProcessKind, SignalName, SqlValue } from "./sandbox.ts";

/** What a process is told before it starts. The ports are transferred beside it. */
export interface StartMessage<Port> {
  type: "start";
  pid: number;
  kind: ProcessKind;
  name: string;
  /** For Ruby: `queues`, `threads`, `polling_interval`. */
  options: Record<string, unknown>;
  module: WebAssembly.Module;
  image: SharedArrayBuffer;
  /** The photon module, for pictures. */
  imageLibrary: WebAssembly.Module;
  clock: SharedArrayBuffer;
  control: SharedArrayBuffer;
  files: FileTree;
  filesVersion: number;
  /** Load schemas and seeds first. */
  prepareDatabases: boolean;
  database: ChannelEnd<Port>;
  kernel: ChannelEnd<Port>;
}

/** One end of a synchronous channel (sync-channel.ts). */
export interface ChannelEnd<Port> {
  port: Port;
  buffer: SharedArrayBuffer;
}

/** What a process tells the sandbox without waiting. */
export type ProcessMessage =
  | { type: "lines"; lines: OutputLine[] }
  | { type: "event"; time: number; event: EventBody }
  | { type: "memory"; bytes: number }
  | { type: "idle" }
  /** The last message. `crash` is set when WebAssembly trapped. */
  | {
      type: "exited";
      code: number;
      signal: SignalName | null;
      reason: string | null;
      crash: string | null;
    };

/** What the sandbox asks of a process; it fetches these with `kernel.receive`. */
export type Request =
  | { type: "request"; request: { method: string; path: string; headers: [string, string][] } }
  | { type: "evaluate"; code: string }
  | { type: "queue"; action: string; argument: string | number }
  | { type: "check"; source: string };

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
