/** The calls that Ruby makes on its host (src/sandbox/ruby/sandbox/host.rb), and who answers each. */
import type { SharedClock } from "../clock.ts";
import type { ProcessControl } from "../control.ts";
import type { EventBody } from "../events.ts";
import { errorJson, SqliteError } from "../database/errors.ts";
import { decodeMessage, encodeFrame, encodeMessage, type Message } from "../frame.ts";
import type { StartMessage } from "../protocol.ts";
import type { RubyError, SignalName } from "../sandbox.ts";
import { ChannelClosedError, type SyncClient } from "../sync-channel.ts";
import { APP_ROOT, type FileSystem } from "./file-system.ts";
import { DESTINATION, type Destination, type HostCalls } from "./host-device.ts";
import type { ImageLibrary } from "./images.ts";

export interface HostParts {
  start: Omit<StartMessage<unknown>, "database" | "kernel">;
  clock: SharedClock;
  control: ProcessControl;
  files: FileSystem;
  images: ImageLibrary;
  database: SyncClient;
  kernel: SyncClient;
  /** Sends the output gathered so far. */
  flush(): void;
  emit(event: EventBody): void;
  idle(): void;
  /** Tells the number of a file of the app. */
  source(index: number, path: string): void;
  /** Tells how large the VM's memory is now. */
  reportMemory(bytes: number): void;
}

/** SQLITE_IOERR: what a database on a disk that is gone says. */
const DATABASE_STOPPED = errorJson(
  new SqliteError({
    message: "The database has stopped and answers no more. Stop the sandbox and start it again.",
    code: 10,
  }),
);

/** What Ruby says of its end. */
export interface LastWords {
  signal: SignalName | null;
  reason: string | null;
  error: RubyError | null;
}

type Answer = { body: Record<string, unknown>; blobs?: Uint8Array[] };

export class ProcessHost implements HostCalls {
  /** What Ruby said about its end, once it has. */
  exiting: LastWords | null = null;
  /** Linear memory of the VM in bytes. Set once there is one. */
  memoryBytes: () => number = () => 0;
  readonly #parts: HostParts;
  #reportedBytes = 0;

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  get pendingSignals(): boolean {
    return this.#parts.control.pendingSignals;
  }

  /** Memory only grows; what has grown is told before the process sleeps. */
  reportMemory(): void {
    const bytes = this.memoryBytes();
    if (bytes === this.#reportedBytes) return;
    this.#reportedBytes = bytes;
    this.#parts.reportMemory(bytes);
  }

  /** What is for the database and the kernel passes through as bytes. */
  call(destination: Destination, frame: Uint8Array<ArrayBuffer>): Uint8Array {
    if (this.#parts.control.killed) throw new Error("killed"); // unwinds Ruby: nothing of it runs again
    this.#parts.control.countCall();
    try {
      if (destination === DESTINATION.database) return this.#callDatabase(frame);
      if (destination === DESTINATION.kernel) {
        this.#parts.flush();
        return this.#parts.kernel.call(frame);
      }
      const message = decodeMessage(frame);
      const { body, blobs } = this.#answer(String(message.body["op"]), message);
      return encodeMessage(body, blobs);
    } catch (error) {
      return encodeMessage({ failure: error instanceof Error ? error.message : String(error) });
    }
  }

  #callDatabase(frame: Uint8Array<ArrayBuffer>): Uint8Array {
    try {
      return this.#parts.database.call(frame);
    } catch (error) {
      if (error instanceof ChannelClosedError) return encodeFrame(DATABASE_STOPPED);
      throw error;
    }
  }

  #answer(op: string, message: Message): Answer {
    if (op.startsWith("image.")) return this.#image(op, message);
    switch (op) {
      case "host.wait":
        return { body: this.#wait(message.body) };
      case "host.due":
        this.#parts.control.setDue(milliseconds(message.body["at"]));
        return { body: {} };
      case "host.event":
        this.#parts.emit(message.body["event"] as EventBody);
        return { body: {} };
      case "host.source":
        this.#parts.source(message.body["index"] as number, message.body["path"] as string);
        return { body: {} };
      case "host.signals":
        return { body: { signals: this.#parts.control.takeSignals() } };
      case "host.files":
        return { body: this.#files(message.body["since"] as number) };
      case "host.info":
        return { body: this.#info() };
      case "host.exiting":
        this.exiting = message.body as unknown as LastWords;
        return { body: {} };
      default:
        throw new Error(`The host does not know the call ${op}`);
    }
  }

  #info(): Record<string, unknown> {
    const { pid, kind, name, options, prepareDatabases, followLines } = this.#parts.start;
    return { pid, kind, name, options, prepareDatabases, followLines };
  }

  /** Times are in seconds since the Unix epoch, as Ruby counts. */
  #wait(body: Record<string, unknown>): Record<string, unknown> {
    const { clock, control } = this.#parts;
    this.#parts.flush();
    this.reportMemory();
    const timerAt = milliseconds(body["until"]);
    const dueAt = milliseconds(body["due"]);
    const woken = control.sleep(clock.untilMs(timerAt), { dueAt, timerAt }, () =>
      this.#parts.idle(),
    );
    return { woken, signals: control.takeSignals() };
  }

  /** Fetches the files that changed since the version that Ruby has, and puts them in place. */
  #files(since: number): Record<string, unknown> {
    if (this.#parts.control.filesVersion === since) return { version: since, paths: [] };
    const answer = decodeMessage(
      this.#parts.kernel.call(encodeMessage({ op: "kernel.files", since })),
    );
    const changes = answer.body["changes"] as { path: string; deleted: boolean }[];
    let blob = 0;
    for (const { path, deleted } of changes) {
      if (deleted) this.#parts.files.delete(`${APP_ROOT}/${path}`);
      else this.#parts.files.write(`${APP_ROOT}/${path}`, answer.blobs[blob++] as Uint8Array);
    }
    return { version: answer.body["version"], paths: changes.map((change) => change.path) };
  }

  #image(op: string, message: Message): Answer {
    const { result, blobs } = this.#parts.images.handle(op, message.body, message.blobs);
    return { body: { ...result }, blobs };
  }
}

/** Ruby's seconds; Infinity for none. */
function milliseconds(seconds: unknown): number {
  return typeof seconds === "number" ? seconds * 1000 : Infinity;
}
