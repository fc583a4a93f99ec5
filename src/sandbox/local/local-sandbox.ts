/** The sandbox on this machine: processes and database in workers of the tab, or of Node. */
import { LOCAL_CAPABILITIES } from "../capabilities.ts";
import { SharedClock } from "../clock.ts";
import {
  BootError,
  SandboxError,
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
import { RequestBodies } from "../request-bodies.ts";
import { abortable } from "./abortable.ts";
import { CheckRun } from "./check-run.ts";
import { runCheck, CheckCalls } from "./checks.ts";
import { configurationNote } from "./configuration-note.ts";
import { CookieJar } from "./cookie-jar.ts";
import { DatabaseClient } from "./database-client.ts";
import { DatabaseReporter } from "./database-reporter.ts";
import { evaluateInConsole } from "./evaluate.ts";
import { LocalFiles } from "./files.ts";
import { fetchThroughRack } from "./http.ts";
import { answerKernelCall, type KernelParts } from "./kernel-calls.ts";
import { parseCompletion, parseWhole } from "./kernel-messages.ts";
import { LocalClock } from "./local-clock.ts";
import { createMachine, keepSnapshot, startProcesses, type Machine } from "./machine.ts";
import { Mailbox } from "./mailbox.ts";
import type { Platform } from "./platform.ts";
import type { ProcessRecord } from "./process-record.ts";
import { ProcessWorkers } from "./process-workers.ts";
import { EventStream, LogStream } from "./streams.ts";

const DEFAULT_PROCESSES: StartOptions[] = [{ kind: "web" }, { kind: "jobs" }];

export class LocalSandbox implements Sandbox {
  readonly capabilities = LOCAL_CAPABILITIES;
  readonly shell = null;
  readonly events = new EventStream();
  readonly logs = new LogStream();
  readonly files = new LocalFiles((version, paths) => this.#filesChanged(version, paths));
  readonly #platform: Platform;
  readonly #clock = new SharedClock();
  readonly #mailbox = new Mailbox(this.#clock, this.events);
  readonly #bodies = new RequestBodies();
  readonly #jar = new CookieJar(() => this.#clock.now());
  /** What exists once the sandbox has booted. */
  #machine: Machine | null = null;
  /** From the beginning of the boot, so that a boot that fails leaves no worker behind. */
  #database: DatabaseClient | null = null;
  readonly #workers: ProcessWorkers;
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
    if (options.snapshot) this.#clock.forward(options.snapshot.clockOffset);
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
    const machine = createMachine({
      platform: this.#platform,
      workers: this.#workers,
      image,
      imageLibrary,
      clock: this.#clock,
      database,
      files: this.files,
      events: this.events,
      logs: this.logs,
      firstPid: options.snapshot?.nextPid,
      followLines: this.#followLines,
      call: (record, frame) => answerKernelCall(record, frame, this.#kernel),
    });
    await keepSnapshot(machine, options);
    signal.throwIfAborted();
    this.#machine = machine;
    step("processes");
    await startProcesses(machine, wanted, options, signal);
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

  readonly clock: SandboxClock = new LocalClock({
    clock: this.#clock,
    events: this.events,
    machine: () => this.#booted,
    records: () => this.records,
    asking: () => this.checkProcess,
  });

  readonly console: SandboxConsole = {
    complete: async (code) => {
      const { answer } = await (await this.#booted.console.get()).ask({ type: "complete", code });
      return parseCompletion(answer);
    },
    isWhole: async (code) => {
      const { answer } = await (await this.#booted.console.get()).ask({ type: "whole", code });
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
    return this.#mailbox.list();
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
    return fetchThroughRack(request, this.#bodies, this.#jar, () => this.#webProcess());
  }

  async evaluate(code: string, signal?: AbortSignal): Promise<Evaluation> {
    const { console, processes } = this.#booted;
    // At once where it can be: an advance that is asked for next waits for the process that has been asked.
    const process = console.running ?? (await console.get());
    return evaluateInConsole(process, code, processes, signal);
  }

  async check(source: string, signal?: AbortSignal): Promise<CheckResult> {
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
    return (this.#checkProcess = await this.#booted.console.get());
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

  readonly #checkCalls = new CheckCalls(this, () => this.#checkRun);

  readonly #kernel: KernelParts = {
    files: this.files,
    signal: (pid, signal) => {
      const record = this.#booted.processes.find(pid);
      if (!record?.alive) return false;
      if (signal !== null) this.#booted.processes.signal(pid, signal);
      return true;
    },
    deliver: ({ info }, mail) => this.#mailbox.deliver(info, mail),
    databases: async (databases) => {
      this.#booted.databases.learn(databases);
      await this.#booted.databases.restoreOnce();
    },
    checkCall: (call, content) => this.#checkCalls.answer(call, content),
  };
}
