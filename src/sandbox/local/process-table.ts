/** Starts processes, tells them apart, ends them. */
import type { SharedClock } from "../clock.ts";
import type { EventBody } from "../events.ts";
import type { ProcessMessage, ProcessRole } from "../protocol.ts";
import {
  NoSuchProcessError,
  ProcessStartError,
  type ProcessExit,
  type ProcessInfo,
  type RubyError,
  type SandboxProcesses,
  type SignalName,
  type StartOptions,
} from "../sandbox.ts";
import type { DatabaseClient } from "./database-client.ts";
import { DatabaseFiles } from "./database-files.ts";
import { broken, ended, killed } from "./exits.ts";
import type { LocalFiles } from "./files.ts";
import type { Platform } from "./platform.ts";
import { parseProcessMessage } from "./process-messages.ts";
import { ProcessRecord } from "./process-record.ts";
import { ProcessRecords } from "./process-records.ts";
import type { ProcessWorkers } from "./process-workers.ts";
import { checkOptions, openChannels, startMessage } from "./start-process.ts";
import type { EventStream, LogStream } from "./streams.ts";
import { endIfUnheard } from "./unheard-signals.ts";

export interface ProcessTableParts {
  platform: Platform;
  workers: ProcessWorkers;
  /** How many workers to keep ready for further processes. */
  spares: number;
  imageLibrary: WebAssembly.Module;
  clock: SharedClock;
  database: DatabaseClient;
  files: LocalFiles;
  events: EventStream;
  logs: LogStream;
  /** The first process's pid. */
  firstPid?: number | undefined;
  /** Ask each process for the line of the app's code that it is at (`ProcessRecord.lastLine`). */
  followLines: boolean;
  /** `SolidQueue.shutdown_timeout` in ms. */
  shutdownTimeout(): number;
  /** Takes the rows of a process that is gone out of the queue's table, as its supervisor would. */
  deregister(pid: number): void;
  /** Answers a process's call on the kernel: one frame with one frame. Must not throw or reject. */
  call(process: ProcessRecord, frame: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** Pids look as on a machine, not like an index. */
const FIRST_PID = 101;

export class ProcessTable implements SandboxProcesses {
  readonly #parts: ProcessTableParts;
  readonly #records = new ProcessRecords();
  readonly #databaseFiles: DatabaseFiles;
  readonly #idle = new Set<() => void>();
  #nextPid: number;
  #jobsStarted = 0;
  #closed = false;

  constructor(parts: ProcessTableParts) {
    this.#parts = parts;
    this.#databaseFiles = new DatabaseFiles(parts.files);
    this.#nextPid = parts.firstPid ?? FIRST_PID;
  }

  /** What the next process will have. */
  get nextPid(): number {
    return this.#nextPid;
  }

  /** The databases are up to date with the files as they are: no process has to prepare them. */
  databasesArePrepared(): void {
    this.#databaseFiles.prepared();
  }

  list(): ProcessInfo[] {
    const shown = this.#records.all().filter((record) => !record.hidden);
    return shown.map((record) => ({ ...record.info }));
  }

  alive(role?: ProcessRole): ProcessRecord[] {
    return this.#records.alive(role);
  }

  find(pid: number): ProcessRecord | undefined {
    return this.#records.find(pid);
  }

  async start(options: StartOptions): Promise<ProcessInfo> {
    return { ...(await this.launch(options.kind, options)).info };
  }

  /** Rejects with ProcessStartError when it ends before it runs. */
  async launch(role: ProcessRole, options: StartOptions | null): Promise<ProcessRecord> {
    checkOptions(options);
    const prepares = await this.#databaseFiles.turn();
    try {
      if (this.#closed) throw new ProcessStartError("The sandbox was stopped.");
      if (role === "web") this.#requireFreePort();
      const record = this.#boot(role, this.#describe(role, options), prepares);
      await record.started.promise;
      this.#databaseFiles.done(prepares);
      this.#keepSpares();
      return record;
    } catch (error) {
      this.#databaseFiles.failed(prepares);
      throw error;
    }
  }

  signal(pid: number, signal: SignalName): void {
    const record = this.#records.find(pid);
    if (!record?.alive)
      throw new NoSuchProcessError(`There is no running process with pid ${pid}.`);
    this.#report(record, { type: "process.signaled", signal });
    if (signal === "KILL") return this.#end(record, killed("KILL"));
    if (signal !== "INT") record.info.status = "stopping";
    record.signal(signal);
    endIfUnheard(record, signal, {
      clock: this.#parts.clock,
      shutdownTimeout: () => this.#parts.shutdownTimeout(),
      end: (unheard, exit) => this.#endUnheard(unheard, exit),
    });
  }

  wait(pid: number): Promise<ProcessExit> {
    const record = this.#records.find(pid);
    if (record) return record.ended.promise;
    const was = pid >= FIRST_PID && pid < this.#nextPid;
    const why = was
      ? `The process with pid ${pid} ended too long ago: how it ended is not known any more.`
      : `There never was a process with pid ${pid}.`;
    return Promise.reject(new NoSuchProcessError(why));
  }

  pullThePlug(): StartOptions[] {
    const ran = this.alive().flatMap(({ info }) => info.options ?? []);
    this.killAll();
    return ran;
  }

  /** Ends every process at once. */
  killAll(): void {
    for (const record of this.alive()) this.#end(record, killed("KILL"));
  }

  /** Tells every process that the database answers no more. */
  loseDatabase(): void {
    for (const record of this.alive()) record.loseDatabase();
  }

  /** Ends every process, and starts no more. */
  close(): void {
    this.#closed = true;
    this.killAll();
  }

  /** Tells every process that files changed. */
  announceFiles(version: number): void {
    for (const record of this.alive()) record.control.setFilesVersion(version);
  }

  /** Calls back whenever a process that was asked to report goes to sleep, and when one ends. */
  onIdle(listener: () => void): () => void {
    this.#idle.add(listener);
    return () => this.#idle.delete(listener);
  }

  /** Not before those that start have what they need of the machine. */
  #keepSpares(): void {
    const starting = this.alive().some(({ info }) => info.status === "starting");
    if (!starting) this.#parts.workers.keep(this.#parts.spares);
  }

  #requireFreePort(): void {
    if (this.alive("web").length === 0) return;
    throw new ProcessStartError(
      "A web process runs already. There is one port, so there can be one.",
    );
  }

  #describe(role: ProcessRole, options: StartOptions | null): ProcessInfo {
    return {
      pid: this.#nextPid++,
      kind: role === "dashboard" ? "console" : role,
      name: role === "jobs" ? `jobs-${++this.#jobsStarted}` : role,
      status: "starting",
      startedAt: this.#parts.clock.now(),
      memoryBytes: 0,
      options,
      exit: null,
    };
  }

  /** Tells a worker to become this process. */
  #boot(role: ProcessRole, info: ProcessInfo, prepareDatabases: boolean): ProcessRecord {
    const { database, files, workers } = this.#parts;
    const { near, far, toDatabase } = openChannels(this.#parts.platform, (frame) =>
      this.#parts.call(record, frame),
    );
    const record: ProcessRecord = new ProcessRecord(role, info, workers.take(), near);
    this.#records.add(record);
    record.control.setFilesVersion(files.version);
    if (database.stopped) record.loseDatabase();
    database.connect(info.pid, record.control, toDatabase);
    record.worker.onMessage((message) => this.#enter(record, message));
    record.worker.onBroken((reason) => this.#end(record, broken(reason)));
    this.#report(record, { type: "process.started", kind: info.kind });
    const message = startMessage(record, this.#parts, far, prepareDatabases);
    record.worker.post(message, [far.database.port]);
    return record;
  }

  #enter(record: ProcessRecord, value: unknown): void {
    let message: ProcessMessage;
    try {
      message = parseProcessMessage(value);
    } catch (error) {
      const text = `The sandbox ignored a message of this process: ${(error as Error).message}`;
      const { pid, name } = record.info;
      const time = this.#parts.clock.now();
      this.#parts.logs.add([{ pid, process: name, time, stream: "stderr", text }]);
      return;
    }
    this.#receive(record, message);
  }

  #receive(record: ProcessRecord, message: ProcessMessage): void {
    const { pid, name } = record.info;
    switch (message.type) {
      case "call":
        return record.receiveCall(message.request);
      case "lines":
        return this.#parts.logs.add(message.lines.map((line) => ({ ...line, pid, process: name })));
      case "event":
        record.transactions.follow(message.event);
        return this.#parts.events.add({ pid, process: name, time: message.time }, message.event);
      case "memory":
        record.info.memoryBytes = message.bytes;
        return;
      case "idle":
        return this.#announceIdle();
      case "source":
        return record.nameSource(message.index, message.path);
      case "exited":
        return this.#end(record, ended(message), message.error);
    }
  }

  #endUnheard(record: ProcessRecord, exit: ProcessExit): void {
    this.#end(record, exit);
    if (record.role === "jobs") this.#parts.deregister(record.info.pid);
  }

  #end(record: ProcessRecord, exit: ProcessExit, error: RubyError | null = null): void {
    if (!record.alive) return;
    record.end(exit, error);
    this.#parts.database.disconnect(record.info.pid);
    for (const rolledBack of record.transactions.rollBack()) this.#report(record, rolledBack);
    this.#report(record, { type: "process.exited", exit });
    this.#announceIdle();
  }

  /** A hidden process's own life is no event; what it does to the queue is. */
  #report(record: ProcessRecord, body: EventBody): void {
    if (record.hidden) return;
    const { pid, name } = record.info;
    this.#parts.events.add({ pid, process: name, time: this.#parts.clock.now() }, body);
  }

  #announceIdle(): void {
    for (const listener of this.#idle) listener();
  }
}
