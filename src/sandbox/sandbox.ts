/**
 * The one door to the engine. The workbench, the lesson checker, the tests and the
 * benchmark all speak to a `Sandbox`; nothing else of `src/sandbox` is for them.
 *
 * All times are sandbox time in milliseconds since the Unix epoch, unless said otherwise.
 * Sandbox time runs like the machine's clock and jumps forward with `clock.advance`.
 */
import type { PreparedDatabases } from "./boot-image/databases.ts";
import type { Capabilities } from "./capabilities.ts";
import type { SandboxEvent } from "./events.ts";

/** Relative path of a file in the app (`app/jobs/photo_job.rb`) to its content. */
export type FileTree = Record<string, string | Uint8Array>;

export interface BootOptions {
  /** The whole app: the base app with the lesson's files laid over it. */
  files: FileTree;
  /** Where the boot image comes from. */
  image: BootImageSource;
  /** Starts with these databases, at their time. `boot` rejects with `DatabaseError` when they are unfit. */
  snapshot?: Snapshot;
  /** Processes to start once the database is ready. Default: one `web` and one `jobs`. */
  processes?: StartOptions[];
  /** Aborting it stops the boot and releases everything; `boot` rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** The databases at one moment: what a later `boot` can go on from. */
export interface Snapshot {
  /** `BootImage.id`: another image may have other tables. */
  image: string;
  /** How far sandbox time is ahead of the machine's clock, in ms; 0 where it is behind. */
  clockOffset: number;
  /** Processes started from it get pids from here on, so that rows of dead ones name nobody alive. */
  nextPid: number;
  /** Database files by name, all of the same moment, without what is not committed. */
  databases: Record<string, Uint8Array>;
}

/** Loads the files of the boot image. Implementations: `boot-image/fetch.ts`, `boot-image/read.ts`. */
export interface BootImageSource {
  load(onProgress: (done: number, total: number) => void, signal?: AbortSignal): Promise<BootImage>;
  /**
   * The files as they lie on the server, by name, `manifest.json` among them: for a host that unpacks them
   * elsewhere. A source without it serves only hosts that run here.
   */
  files?(
    onProgress: (done: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<Record<string, Uint8Array>>;
}

export interface BootImage {
  /** Changes with its content. */
  id: string;
  module: WebAssembly.Module;
  /** Linear memory of a booted Rails VM, packed (boot-image/packed-memory.ts). Shared by every process. */
  memory: SharedArrayBuffer;
  /** The databases of an app that changes nothing about them; null where every boot loads its schemas. */
  databases: PreparedDatabases | null;
  versions: Versions;
}

/** What really is in the sandbox, read from it while the boot image was built. */
export interface Versions {
  ruby: string;
  rails: string;
  solidQueue: string;
  sqlite: string;
}

/** `container`: only where the host is one of StackBlitz's. */
export type BootStep = "download" | "container" | "database" | "processes" | "ready";

export interface BootProgress {
  step: BootStep;
  /** Bytes of the step's download; 0 of 0 where the step downloads nothing. */
  doneBytes: number;
  totalBytes: number;
}

export type ProcessKind = "web" | "jobs" | "console";
export type SignalName = "TERM" | "QUIT" | "KILL" | "INT";
/**
 * `stopping`: it was sent TERM or QUIT and has not ended. One that ignores the signal, or whose app has
 * trapped it and goes on once the block of the `trap` has returned, is `running` again.
 */
export type ProcessStatus = "starting" | "running" | "stopping" | "exited";

export interface StartOptions {
  kind: "web" | "jobs";
  /** Jobs only; replaces the workers of `config/queue.yml` by one with these options. */
  queues?: string[];
  threads?: number;
  /** Seconds, as in `config/queue.yml`. */
  pollingInterval?: number;
}

/** An option that a process cannot start with. `name rule` is a sentence. */
export interface RefusedOption {
  name: Exclude<keyof StartOptions, "kind">;
  /** `must be a whole number above 0.` */
  rule: string;
}

/** How a process ended: like Ruby's `Process::Status`, with a sentence for people. */
export interface ProcessExit {
  code: number | null;
  signal: SignalName | null;
  /** Why, where it was not asked to: "ran out of memory", "called exit!(3)". */
  reason: string;
}

export interface ProcessInfo {
  pid: number;
  kind: ProcessKind;
  /**
   * `web`, `jobs-1`, `jobs-2`, `console`. The number of a jobs process is never used twice; the next
   * `web` or `console` has the name of the last one, and a pid of its own.
   */
  name: string;
  status: ProcessStatus;
  startedAt: number;
  /** Linear memory of the VM in bytes, as last reported. */
  memoryBytes: number;
  options: StartOptions | null;
  exit: ProcessExit | null;
}

export interface SandboxProcesses {
  /** Those that live and at least the newest 200 that have ended, in the order of their starts. */
  list(): ProcessInfo[];
  /** Resolves once the process runs (jobs: once it is registered). Rejects with `ProcessStartError`. */
  start(options: StartOptions): Promise<ProcessInfo>;
  /**
   * TERM lets the job in hand finish, QUIT releases it to the queue, KILL ends the process at once,
   * wherever it is: no Ruby code runs after it and its transactions roll back. A job that computes without a
   * pause is ended by QUIT, and by TERM after `SolidQueue.shutdown_timeout`, and goes back to the queue.
   * @throws {NoSuchProcessError} when no such process is alive
   */
  signal(pid: number, signal: SignalName): void;
  /** Resolves when the process has ended. Rejects with NoSuchProcessError for a pid that was not, or is forgotten. */
  wait(pid: number): Promise<ProcessExit>;
  /**
   * Ends every process at once, as when the power fails. What was committed stays, what was not is
   * rolled back. Returns how to start again what ran, the console aside.
   */
  pullThePlug(): StartOptions[];
}

export interface SandboxFiles {
  list(): string[];
  read(path: string): Uint8Array;
  readText(path: string): string;
  /** Reaches every process; Rails reloads before the next request or job. */
  write(path: string, content: string | Uint8Array): void;
  /** @throws {SandboxError} when there is no such file */
  delete(path: string): void;
  /** Replaces the whole tree, as when a lesson is reset or its solution applied. */
  replace(files: FileTree): void;
}

/** Where an error stands in the learner's files. */
export interface SourceLocation {
  path: string;
  line: number;
}

export interface RubyError {
  className: string;
  message: string;
  /** Frames in the app's files only, as Ruby prints them, paths relative to the app. */
  backtrace: string[];
  location: SourceLocation | null;
}

export interface Evaluation {
  /** What the code printed on standard output and error. */
  output: string;
  /** `inspect` of the value, pretty-printed; null when it raised. */
  result: string | null;
  error: RubyError | null;
}

export interface Completion {
  /** What the last word could be, the likeliest first; at most 80. */
  candidates: string[];
  /** How many characters before the cursor a candidate replaces. */
  length: number;
}

/** What a prompt asks before an entry is made. Both wait while the console is busy, and run no code of the learner's. */
export interface SandboxConsole {
  /** @param code the entry up to the cursor */
  complete(code: string): Promise<Completion>;
  /** False when more must follow: an open block, string or bracket. */
  isWhole(code: string): Promise<boolean>;
}

export type TestStatus = "passed" | "failed" | "error" | "skipped";

export interface TestResult {
  name: string;
  status: TestStatus;
  message: string | null;
  /** What the check says to the learner about this failure. */
  hint: string | null;
  location: SourceLocation | null;
}

export interface CheckResult {
  passed: boolean;
  tests: TestResult[];
  /** Set when the check could not run at all, for example for a syntax error. */
  error: RubyError | null;
}

export type SqlValue = null | number | bigint | string | Uint8Array;

export interface QueryResult {
  columns: string[];
  rows: SqlValue[][];
}

export interface TableInfo {
  name: string;
  rowCount: number;
  sql: string;
}

/** What one operation did to the rows of one table. */
export interface RowChanges {
  table: string;
  operation: "insert" | "update" | "delete";
  count: number;
  /** Primary keys of the first 200 rows, their columns in order; the rowid where a table has none. */
  keys: SqlValue[][];
}

export interface ColumnInfo {
  name: string;
  /** As declared; empty when nothing was. SQLite does not hold values to it. */
  type: string;
  notNull: boolean;
  /** As SQL. */
  defaultValue: string | null;
  /** Place in the primary key, from 1 on; 0 when it is not in it. */
  primaryKey: number;
}

export interface SchemaItem {
  type: "table" | "index" | "view" | "trigger";
  name: string;
  /** The table that it belongs to. */
  table: string;
  /** The CREATE statement; null for an index that SQLite made by itself. */
  sql: string | null;
  /** Of tables and views. */
  columns: ColumnInfo[];
}

export interface ExecuteResult extends QueryResult {
  /** How many rows were inserted, updated and deleted. */
  changes: number;
}

/** Reads databases. Every method rejects with `DatabaseError`. */
export interface DatabaseReader {
  tables(database: string): Promise<TableInfo[]>;
  /** Tables, indexes, views and triggers, without SQLite's own. */
  schema(database: string): Promise<SchemaItem[]>;
  /** One statement that only reads, on a connection of its own: sees only what is committed. */
  query(database: string, sql: string, binds?: SqlValue[]): Promise<QueryResult>;
}

export interface LockParty {
  pid: number;
  /** Sandbox time in ms. */
  since: number;
}

/** The lock to write of one database: there is one, and whoever writes holds it until it commits. */
export interface DatabaseLock {
  database: string;
  holder: LockParty;
  /** First come first. */
  waiting: LockParty[];
}

export interface SandboxDatabase extends DatabaseReader {
  /** Names as in `config/database.yml`: `primary`, `queue`. */
  names(): Promise<string[]>;
  /**
   * The databases as they were at that sandbox time (ms), with all that was committed until then.
   * The newest 16 MB of changes of each database are kept, back to the last change of its schema;
   * asking for an earlier time rejects with `DatabaseError`. While the past is looked at, a copy
   * of the database lies in memory.
   */
  at(time: number): DatabaseReader;
  /** The earliest sandbox time that `at` can show. */
  knownSince(database: string): Promise<number>;
  /**
   * Runs one statement that may write, as a transaction of its own, with foreign keys on. Waits up
   * to 5 s (of the machine's time) for its turn, like everybody. Rejects with `DatabaseError`.
   */
  execute(database: string, sql: string, binds?: SqlValue[]): Promise<ExecuteResult>;
  /** The locks to write that are held at this moment. Changes are told by `database.locks`. */
  locks(): Promise<DatabaseLock[]>;
  /** The database files as they are now, by database name. */
  export(): Promise<Record<string, Uint8Array>>;
  /** Replaces the databases. Ends every process first: they start again on the new data when asked to. */
  import(databases: Record<string, Uint8Array>): Promise<void>;
}

export interface SandboxClock {
  /** Sandbox time now. */
  now(): number;
  /** How far sandbox time is ahead of the machine's clock, in ms; negative after it was frozen. */
  offset(): number;
  /**
   * Moves time forward for every process, stopping at each moment when something falls due
   * (scheduled jobs, retries, recurring tasks, sleeps, heartbeats), so that it happens in order.
   * No jump is longer than 0.8 of the time after which a process without heartbeat counts as dead,
   * so a living process has its heartbeats and is not pruned. One that computes without a pause is
   * waited for ten seconds (of the machine's) once, and then time goes on without it.
   * Advances wait for each other. Resolves when time has arrived and a worker has taken the work
   * that is ready, or none has wanted it for 12 offers in a row. Rejects with SandboxError for
   * less than 0 and more than 100 years, and with the signal's reason; time then stays where it has come to.
   */
  advance(ms: number, signal?: AbortSignal): Promise<void>;
  /** When the next thing falls due: a job, a retry, a recurring task, the end of a sleep. Null when nothing does. */
  nextDue(): Promise<number | null>;
  frozen(): boolean;
  /**
   * Lets time stand still: what sleeps or polls in a process sleeps on, what computes or answers goes on, and
   * no process is pruned. `advance` still moves time. Does nothing when it stands still already.
   */
  freeze(): void;
  /** Lets time go on from where it stood. */
  unfreeze(): void;
}

export type JobState = "scheduled" | "ready" | "claimed" | "blocked" | "failed" | "finished";

export interface JobError {
  className: string;
  message: string;
  /**
   * Paths in the app relative to it. Null where another process recorded the failure (a pruned
   * process has no backtrace).
   */
  backtrace: string[] | null;
}

/** One row of the queue: one attempt. Attempts of the same job share `activeJobId`. */
export interface JobRow {
  id: number;
  activeJobId: string;
  className: string;
  queueName: string;
  priority: number;
  state: JobState;
  /** Active Job's serialized form, as it lies in the table. */
  serialized: unknown;
  /** How many times it ran before this row (Active Job's `executions`). */
  executions: number;
  enqueuedAt: number;
  scheduledAt: number | null;
  finishedAt: number | null;
  /** The process that has claimed it. */
  claimedBy: { pid: number; name: string } | null;
  claimedAt: number | null;
  concurrencyKey: string | null;
  /** When a blocked job may go on even if nobody gave the limit free. */
  blockedUntil: number | null;
  failedAt: number | null;
  error: JobError | null;
}

export interface QueueInfo {
  name: string;
  size: number;
  /** Age of the oldest ready job in ms. */
  latency: number;
  paused: boolean;
}

/** A row of the backend's table of processes: what the queue believes, which may be late. */
export interface RegisteredProcess {
  id: number;
  kind: string;
  name: string;
  pid: number;
  lastHeartbeatAt: number;
  /** When the next heartbeat should come. */
  nextHeartbeatAt: number;
  /** When it counts as dead if no heartbeat follows. */
  prunableAt: number;
  metadata: Record<string, unknown>;
  supervisorId: number | null;
}

/** Which rows of the queue are meant; all conditions must hold. */
export interface JobFilter {
  ids?: number[];
  states?: JobState[];
  queueName?: string;
  className?: string;
  activeJobId?: string;
  /** Class of the exception that a failed row holds. */
  errorClass?: string;
  /** Finished or failed at that sandbox time (ms) or later; whatever waits or runs is left out. */
  endedFrom?: number;
  /** Finished or failed before that sandbox time (ms); whatever waits or runs is left out. */
  endedBefore?: number;
  /** Key of the recurring task that enqueued the job; a retry's rows are its job's, so they count too. */
  recurringTask?: string;
  /** Part of the class name, arguments, queue, id or error, in any letter case. */
  search?: string;
}

export interface JobPage extends JobFilter {
  /** Default `newest`. `error`: by the exception's class, and then the newest first. */
  order?: "newest" | "error";
  /** Default 100. */
  limit?: number;
  offset?: number;
}

/** Failed jobs that raised the same exception. */
export interface FailureGroup {
  errorClass: string;
  count: number;
  /** Of the newest. */
  message: string;
  newestAt: number;
}

/** A limit on how many jobs with the same key run at once. */
export interface ConcurrencyLimit {
  key: string;
  /** How many more may start now. */
  free: number;
  /** When the limit is given up although nobody released it. */
  expiresAt: number;
  blocked: number;
}

export interface RecurringTask {
  key: string;
  /** As it is written in the configuration: `every day at 5am`, `0 5 * * *`. */
  schedule: string;
  /** The same as cron would write it, with seconds where there are any; empty where it is no cron. */
  cron: string;
  /** The time zone that the schedule names: `Europe/Berlin`, `+01:00`; null where it names none. */
  zone: string | null;
  /** A job's class, or null where the task is a line of Ruby. */
  className: string | null;
  command: string | null;
  /** As Ruby's `inspect` prints them, without brackets. */
  arguments: string;
  queueName: string | null;
  lastEnqueuedAt: number | null;
  nextAt: number | null;
}

/** Jobs that ended within one interval. */
export interface EndedInterval {
  /** Its beginning. */
  at: number;
  finished: number;
  failed: number;
  /** Mean and longest time in ms from due to finished; null when none finished. */
  meanMs: number | null;
  longestMs: number | null;
}

/** The queue backend, whichever it is. Solid Queue is the first. */
export interface SandboxQueue {
  jobs(page?: JobPage): Promise<JobRow[]>;
  /** How many rows are in each state, among those that the filter means. */
  counts(filter?: JobFilter): Promise<Record<JobState, number>>;
  queues(): Promise<QueueInfo[]>;
  /** Names of the classes that have rows, sorted. */
  classNames(): Promise<string[]>;
  /** Failed rows by exception, the commonest first. */
  failures(filter?: JobFilter): Promise<FailureGroup[]>;
  limits(): Promise<ConcurrencyLimit[]>;
  processes(): Promise<RegisteredProcess[]>;
  recurringTasks(): Promise<RecurringTask[]>;
  /** Enqueues a recurring task's job now, beside its schedule. */
  runTask(key: string): Promise<void>;
  /** One answer for each `interval` ms from `from` up to `to`, also where nothing ended. */
  ended(range: { from: number; to: number; interval: number }): Promise<EndedInterval[]>;
  pause(queueName: string): Promise<void>;
  resume(queueName: string): Promise<void>;
  /**
   * The three below take the id of one row, or a filter for many, and resolve with how many rows
   * they changed; rows in a state where it means nothing are left alone. An id without a row rejects.
   *
   * Retrying one row starts its attempts anew; retrying many, as Solid Queue does it, goes on
   * counting where each stood.
   */
  retry(which: number | JobFilter): Promise<number>;
  /** Deletes rows that wait or have failed. */
  discard(which: number | JobFilter): Promise<number>;
  /** Makes scheduled and blocked jobs ready now. */
  runNow(which: number | JobFilter): Promise<number>;
}

export interface Mail {
  id: number;
  time: number;
  pid: number;
  process: string;
  /** The job that delivered it; null for `deliver_now` outside a job. */
  activeJobId: string | null;
  from: string[];
  to: string[];
  subject: string;
  html: string | null;
  text: string | null;
}

export interface LogLine {
  seq: number;
  time: number;
  pid: number;
  process: string;
  stream: "stdout" | "stderr";
  text: string;
}

export type Unsubscribe = () => void;

export interface SandboxEvents {
  /** The newest events, oldest first: at least the last 20,000, at most a quarter more. */
  history(): readonly SandboxEvent[];
  subscribe(listener: (event: SandboxEvent) => void): Unsubscribe;
}

export interface SandboxLogs {
  /** The newest 100,000 lines, or fewer where they are long; oldest first. */
  history(): readonly LogLine[];
  /** How many lines were dropped to keep to that. */
  dropped(): number;
  /** Lines arrive in batches, in order. */
  subscribe(listener: (lines: readonly LogLine[]) => void): Unsubscribe;
}

export interface TerminalSize {
  cols: number;
  rows: number;
}

/** What a command printed. */
export interface ShellAnswer {
  output: string;
  failed: boolean;
}

export interface ShellOptions {
  size: TerminalSize;
  /** Commands that act on the sandbox. The shell has each as a program in the app's `bin/`. */
  commands: readonly string[];
  /** Does one of them: its name and its arguments. Aborted when Ctrl-C ended the program that asked. */
  run(words: string[], signal: AbortSignal): Promise<ShellAnswer>;
}

export interface ShellSession {
  /** For a terminal: with its echo and escape sequences. */
  readonly output: ReadableStream<string>;
  /** Resolves with the shell's exit status. */
  readonly exit: Promise<number>;
  /** What is typed. */
  write(text: string): void;
  resize(size: TerminalSize): void;
  close(): void;
}

export interface SandboxShell {
  /** In a folder with the app's files, which are copies: the page's files replace them. */
  open(options: ShellOptions): Promise<ShellSession>;
}

export interface Sandbox {
  /** Resolves when the app answers and its processes run. Rejects with `BootError` or the abort reason. */
  boot(options: BootOptions, onProgress?: (progress: BootProgress) => void): Promise<void>;
  /** Known before it boots. */
  readonly capabilities: Capabilities;
  readonly versions: Versions;
  readonly files: SandboxFiles;
  readonly processes: SandboxProcesses;
  readonly database: SandboxDatabase;
  readonly queue: SandboxQueue;
  readonly clock: SandboxClock;
  readonly console: SandboxConsole;
  /** Null where the host has none (`capabilities.shell`). */
  readonly shell: SandboxShell | null;
  readonly events: SandboxEvents;
  readonly logs: SandboxLogs;
  /** The newest 1,000, or fewer where they are long; oldest first. */
  mails(): readonly Mail[];
  /** The databases as they are now. Rejects with `DatabaseError`. */
  snapshot(): Promise<Snapshot>;
  /**
   * One HTTP request through Rack in the web process; requests queue in the order of the calls, as with
   * a one-thread Puma.
   * Cookies are kept between calls. With `redirect: "manual"` a redirect is returned as it is.
   * The header `x-sandbox-url` of the response is the address that answered. `x-sandbox-error`, where the
   * app raised, is a RubyError without backtrace: JSON, percent-encoded (`encodeURIComponent`).
   */
  fetch(request: Request): Promise<Response>;
  /** One entry at the console's prompt. Aborting the signal interrupts the code (Ctrl-C). */
  evaluate(code: string, signal?: AbortSignal): Promise<Evaluation>;
  /**
   * Runs a lesson's `check.rb` on the app's files in fresh processes on fresh databases. Code that hangs is
   * ended (each test has a limit) and its test says at which line it was. Aborting rejects with the
   * signal's reason, at any moment.
   */
  check(source: string, signal?: AbortSignal): Promise<CheckResult>;
  /** Ends every process and gives all memory back. */
  dispose(): Promise<void>;
}

/** Base of the errors that this interface throws or rejects with. The message is for the learner. */
export class SandboxError extends Error {
  override name = "SandboxError";
}
export class BootError extends SandboxError {
  override name = "BootError";
}
export class ProcessStartError extends SandboxError {
  override name = "ProcessStartError";
  /** What Ruby raised, where that was the reason. */
  readonly error: RubyError | null;
  /** The option that cannot be, where that was the reason. */
  readonly option: RefusedOption | null;

  constructor(
    message: string,
    error: RubyError | null = null,
    option: RefusedOption | null = null,
  ) {
    super(message);
    this.error = error;
    this.option = option;
  }
}
export class NoSuchProcessError extends SandboxError {
  override name = "NoSuchProcessError";
}
export class DatabaseError extends SandboxError {
  override name = "DatabaseError";
}
