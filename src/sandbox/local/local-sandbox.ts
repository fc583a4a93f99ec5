/** The sandbox on this machine: processes and database in workers of the tab, or of Node. */
import { areFor } from "../boot-image/databases.ts";
import { LOCAL_CAPABILITIES } from "../capabilities.ts";
import { readOutlook } from "../backends/solid-queue.ts";
import { SharedClock } from "../clock.ts";
import {
  BootError,
  DatabaseError,
  SandboxError,
  type BootImage,
  type BootOptions,
  type BootProgress,
  type CheckResult,
  type Evaluation,
  type Mail,
  type Sandbox,
  type SandboxClock,
  type SandboxConsole,
  type SandboxDatabase,
  type SandboxProcesses,
  type SandboxQueue,
  type Snapshot,
  type StartOptions,
  type Versions,
} from "../sandbox.ts";
import { advanceClock } from "./advance.ts";
import { CheckRun } from "./check-run.ts";
import { runCheck, CheckCalls } from "./checks.ts";
import { configurationNote } from "./configuration-note.ts";
import { CookieJar } from "./cookie-jar.ts";
import { DatabaseClient } from "./database-client.ts";
import { DatabaseReporter } from "./database-reporter.ts";
import { LocalDatabases } from "./databases.ts";
import { evaluateInConsole } from "./evaluate.ts";
import { LocalFiles } from "./files.ts";
import { fetchThroughRack } from "./http.ts";
import { answerKernelCall, type KernelParts } from "./kernel-calls.ts";
import { parseCompletion, parseWhole } from "./kernel-messages.ts";
import type { Platform } from "./platform.ts";
import type { ProcessRecord } from "./process-record.ts";
import { ProcessTable } from "./process-table.ts";
import { ProcessWorkers } from "./process-workers.ts";
import { SolidQueueBackend } from "./solid-queue.ts";
import { EventStream, LogStream } from "./streams.ts";

const OTHER_IMAGE = "The stored databases belong to another version of the sandbox.";
const DEFAULT_PROCESSES: StartOptions[] = [{ kind: "web" }, { kind: "jobs" }];

/** What exists once the sandbox has booted. */
interface Machine {
  image: BootImage;
  databases: LocalDatabases;
  processes: ProcessTable;
  queue: SolidQueueBackend;
}

export class LocalSandbox implements Sandbox {
  readonly capabilities = LOCAL_CAPABILITIES;
  readonly shell = null;
  readonly events = new EventStream();
  readonly logs = new LogStream();
  readonly files = new LocalFiles((version, paths) => this.#filesChanged(version, paths));
  readonly #platform: Platform;
  readonly #clock = new SharedClock();
  readonly #jar = new CookieJar(() => this.#clock.now());
  #mails: Mail[] = [];
  #machine: Machine | null = null;
  /** From the beginning of the boot, so that a boot that fails leaves no worker behind. */
  #database: DatabaseClient | null = null;
  readonly #workers: ProcessWorkers;
  #console: Promise<ProcessRecord> | null = null;
  #dashboard: Promise<ProcessRecord> | null = null;
  #advancing: Promise<void> = Promise.resolve();
  #bootCalled = false;
  /** Aborted when the sandbox is disposed of, so that a boot under way goes no further. */
  readonly #life = new AbortController();

  readonly #followLines: boolean;
  #checkRun: CheckRun | null = null;
  #checkProcess: ProcessRecord | undefined;

  /** @param options.followLines for checks: `records` know at which line of the app's code they are */
  constructor(platform: Platform, options: { followLines: boolean } = { followLines: false }) {
    this.#platform = platform;
    this.#workers = new ProcessWorkers(platform);
    this.#followLines = options.followLines;
  }

  async boot(
    options: BootOptions,
    onProgress: (progress: BootProgress) => void = () => {},
  ): Promise<void> {
    if (this.#bootCalled) throw new BootError("This sandbox has been booted already.");
    this.#bootCalled = true;
    const life = this.#life.signal;
    const signal = options.signal ? AbortSignal.any([options.signal, life]) : life;
    try {
      await abortable(this.#boot(options, signal, onProgress), signal);
    } catch (error) {
      await this.dispose();
      throw error;
    }
    onProgress({ step: "ready", doneBytes: 0, totalBytes: 0 });
  }

  async #boot(
    options: BootOptions,
    signal: AbortSignal,
    onProgress: (progress: BootProgress) => void,
  ): Promise<void> {
    signal.throwIfAborted();
    const step = (name: BootProgress["step"], doneBytes = 0, totalBytes = 0) =>
      onProgress({ step: name, doneBytes, totalBytes });
    this.files.replace(options.files);
    const { snapshot } = options;
    if (snapshot) this.#clock.forward(snapshot.clockOffset);
    const database = new DatabaseClient(
      this.#platform,
      this.#clock,
      new DatabaseReporter(this.events, this.logs, this.#clock, () => this.#machine),
    );
    this.#database = database;
    const wanted = options.processes ?? DEFAULT_PROCESSES;
    this.#workers.keep(Math.max(1, wanted.length)); // their script loads meanwhile
    const [image, imageLibrary] = await Promise.all([
      options.image.load((done, total) => step("download", done, total), signal),
      this.#platform.loadImageLibrary(),
      database.ready(),
    ]);
    signal.throwIfAborted();
    this.#workers.use(image);
    step("database");
    const processes: ProcessTable = new ProcessTable({
      platform: this.#platform,
      workers: this.#workers,
      // A check is over soon.
      spares: this.#followLines ? 0 : this.#platform.spareProcesses,
      imageLibrary,
      clock: this.#clock,
      database,
      files: this.files,
      events: this.events,
      logs: this.logs,
      firstPid: snapshot?.nextPid,
      followLines: this.#followLines,
      shutdownTimeout: () => this.#booted.databases.shutdownTimeout,
      // Nobody is told of a failure: the next supervisor prunes what is left.
      deregister: (pid) => void this.#machine?.queue.deregister(pid).catch(() => undefined),
      call: (record, frame) => answerKernelCall(record, frame, this.#kernel),
    });
    const databases = new LocalDatabases(database, () => processes.killAll());
    if (snapshot && snapshot.image !== image.id) throw new DatabaseError(OTHER_IMAGE);
    await databases.keepToRestore(snapshot?.databases ?? {});
    const queue = new SolidQueueBackend(
      databases,
      () => this.#dashboardProcess(),
      () => this.#clock.now(),
    );
    this.#machine = {
      image,
      databases,
      processes,
      queue,
    };
    step("processes");
    const prepared = await this.#usePrepared(this.#machine, options);
    await this.#startProcesses(processes, wanted, prepared, signal);
  }

  /** Lays the prepared databases down, when they are what this app would make. */
  async #usePrepared(
    { databases, processes, image }: Machine,
    { files, snapshot }: BootOptions,
  ): Promise<boolean> {
    if (snapshot || !image.databases || !areFor(files, image.databases)) return false;
    await databases.layDown(image.databases.files);
    processes.databasesArePrepared();
    return true;
  }

  /** Where none are prepared, the first one does it, and the others start after it. */
  async #startProcesses(
    processes: ProcessTable,
    wanted: StartOptions[],
    prepared: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const [first, ...others] = wanted;
    const starting: Promise<unknown> = first
      ? processes.launch(first.kind, first)
      : (this.#console = processes.launch("console", null));
    if (!prepared) await starting;
    signal.throwIfAborted();
    await Promise.all([
      starting,
      ...others.map((options) => processes.launch(options.kind, options)),
    ]);
  }

  get versions(): Versions {
    return this.#booted.image.versions;
  }

  get processes(): SandboxProcesses {
    return this.#booted.processes;
  }

  get database(): SandboxDatabase {
    return this.#booted.databases;
  }

  get queue(): SandboxQueue {
    return this.#booted.queue;
  }

  readonly clock: SandboxClock = {
    now: () => this.#clock.now(),
    offset: () => this.#clock.offset(),
    advance: (ms, signal) => this.#advance(ms, signal),
    nextDue: () => this.#nextDue(),
    frozen: () => this.#clock.frozen,
    freeze: () => this.#setFrozen(true),
    unfreeze: () => this.#setFrozen(false),
  };

  readonly console: SandboxConsole = {
    complete: async (code) => {
      const { answer } = await (await this.#consoleProcess()).ask({ type: "complete", code });
      return parseCompletion(answer);
    },
    isWhole: async (code) => {
      const { answer } = await (await this.#consoleProcess()).ask({ type: "whole", code });
      return parseWhole(answer);
    },
  };

  #filesChanged(version: number, paths: string[]): void {
    if (!this.#machine) return;
    this.#machine.processes.announceFiles(version);
    const notes = paths.flatMap((path) => configurationNote(path) ?? []);
    const source = {
      pid: 0,
      process: "sandbox",
      stream: "stderr",
      time: this.#clock.now(),
    } as const;
    if (notes.length > 0) this.logs.add(notes.map((text) => ({ ...source, text })));
  }

  mails(): readonly Mail[] {
    return this.#mails;
  }

  async snapshot(): Promise<Snapshot> {
    const { image, databases, processes } = this.#booted;
    const files = await databases.export();
    return {
      image: image.id,
      clockOffset: Math.max(0, this.#clock.offset()),
      nextPid: processes.nextPid,
      databases: files,
    };
  }

  fetch(request: Request): Promise<Response> {
    return fetchThroughRack(request, this.#jar, () => this.#webProcess());
  }

  async evaluate(code: string, signal?: AbortSignal): Promise<Evaluation> {
    return evaluateInConsole(await this.#consoleProcess(), code, this.#booted.processes, signal);
  }

  check(source: string, signal?: AbortSignal): Promise<CheckResult> {
    const { image } = this.#booted;
    return runCheck(
      () => new LocalSandbox(this.#platform, { followLines: true }),
      { files: this.files.snapshot(), image: { load: () => Promise.resolve(image) } },
      source,
      signal,
    );
  }

  // For checks, which run in the console process of a sandbox of their own.

  runCheckHere(source: string): Promise<CheckResult> {
    this.#checkRun = new CheckRun(this, source);
    return this.#checkRun.result();
  }

  /** The process that runs the check; undefined before it was first asked for. */
  get checkProcess(): ProcessRecord | undefined {
    return this.#checkProcess;
  }

  async checkProcessStarted(): Promise<ProcessRecord> {
    return (this.#checkProcess = await this.#consoleProcess());
  }

  /** Every process that is alive. */
  get records(): ProcessRecord[] {
    return this.#machine?.processes.alive() ?? [];
  }

  /** Starts a web process where there is none. */
  async startWebAgain(): Promise<void> {
    const { processes } = this.#booted;
    if (processes.alive("web").length === 0) await processes.start({ kind: "web" });
  }

  async dispose(): Promise<void> {
    const machine = this.#machine;
    this.#machine = null;
    this.#life.abort(new BootError("The sandbox was stopped."));
    machine?.processes.close();
    this.#workers.close();
    this.#database?.terminate();
    this.#database = null;
    await Promise.resolve();
  }

  get #booted(): Machine {
    if (this.#machine === null)
      throw new SandboxError("The sandbox is not running. Start it first.");
    return this.#machine;
  }

  #webProcess(): ProcessRecord {
    const [web] = this.#booted.processes.alive("web");
    if (!web) throw new SandboxError("No web process runs, so nobody answers. Start one.");
    return web;
  }

  /** Starts a console when there is none, or when it has ended. */
  #consoleProcess(): Promise<ProcessRecord> {
    const previous: Promise<ProcessRecord | null> = this.#console ?? Promise.resolve(null);
    this.#console = previous
      .catch(() => null)
      .then((known) => (known?.alive ? known : this.#booted.processes.launch("console", null)));
    return this.#console;
  }

  /** Started when it is first needed: it takes as much memory as any process. */
  #dashboardProcess(): Promise<ProcessRecord> {
    const previous: Promise<ProcessRecord | null> = this.#dashboard ?? Promise.resolve(null);
    this.#dashboard = previous
      .catch(() => null)
      .then((known) => (known?.alive ? known : this.#booted.processes.launch("dashboard", null)));
    return this.#dashboard;
  }

  #setFrozen(frozen: boolean): void {
    if (frozen === this.#clock.frozen) return;
    if (frozen) this.#clock.freeze();
    else this.#clock.unfreeze();
    // They wait again, by the new clock.
    for (const { control } of this.records) control.wake();
    const source = { pid: 0, process: "sandbox", time: this.#clock.now() };
    this.events.add(source, { type: frozen ? "clock.frozen" : "clock.unfrozen" });
  }

  async #nextDue(): Promise<number | null> {
    const { processes, databases } = this.#booted;
    const now = this.#clock.now();
    const { nextAt } = await readOutlook((sql, binds) => databases.queryQueue(sql, binds), now);
    const moments = [nextAt, ...processes.alive().map((record) => record.control.dueAt)];
    const next = Math.min(...moments.filter((at) => at > now));
    return Number.isFinite(next) ? next : null;
  }

  /** One advance after the other. */
  #advance(ms: number, signal?: AbortSignal): Promise<void> {
    const next = this.#advancing.then(async () => {
      const { processes, databases } = this.#booted;
      const outlook = () =>
        readOutlook((sql, binds) => databases.queryQueue(sql, binds), this.#clock.now());
      const { aliveThreshold } = databases;
      const registered = () => this.queue.processes();
      const parts = { clock: this.#clock, processes, outlook, registered, aliveThreshold };
      await advanceClock({ ...parts, asking: this.checkProcess }, ms, signal);
      this.events.add(
        { pid: 0, process: "sandbox", time: this.#clock.now() },
        { type: "clock.advanced", by: ms },
      );
    });
    this.#advancing = next.catch(() => undefined);
    return next;
  }

  readonly #checkCalls = new CheckCalls(this, () => this.#checkRun);

  readonly #kernel: KernelParts = {
    files: this.files,
    signal: (pid, signal) => {
      const record = this.#booted.processes.find(pid);
      if (!record?.alive) return false;
      if (signal !== null) this.#booted.processes.signal(pid, signal);
      return true;
    },
    deliver: (record, mail) => {
      const { pid, name } = record.info;
      const delivered = {
        ...mail,
        id: this.#mails.length + 1,
        time: this.#clock.now(),
        pid,
        process: name,
      };
      this.#mails = [...this.#mails, delivered];
      const { id: mailId, subject, to, activeJobId } = delivered;
      this.events.add(
        { pid, process: name, time: delivered.time },
        { type: "mail.delivered", mailId, subject, to, activeJobId },
      );
    },
    databases: async (databases) => {
      this.#booted.databases.learn(databases);
      await this.#booted.databases.restoreOnce();
    },
    checkCall: (call, content) => this.#checkCalls.answer(call, content),
  };
}

/** Rejects with the signal's reason as soon as it aborts. */
function abortable<Value>(work: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (!signal) return work;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason as Error);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  work.catch(() => undefined);
  return Promise.race([work, aborted.promise]).finally(() =>
    signal.removeEventListener("abort", abort),
  );
}
