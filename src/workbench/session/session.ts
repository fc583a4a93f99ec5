import { signal, type ReadonlySignal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { FileTree } from "../../course/file-tree.ts";
import type { LessonFiles } from "../../course/lesson.ts";
import { applyEdits, loadEdits, stillMeant, type Edits } from "../../course/saved-edits.ts";
import type { TextStorage } from "../../course/storage.ts";
import type {
  BootImageSource,
  BootProgress,
  ProcessStartError,
  Sandbox,
} from "../../sandbox/sandbox.ts";
import { writeEdits } from "../editor/edit-sets.ts";
import { loadHost, saveHost, type Fallback, type HostName } from "../host/hosts.ts";
import { sentence } from "../sentence.ts";
import { bootFromKept } from "../snapshots/boot.ts";
import type { SnapshotStore } from "../snapshots/store.ts";
import { startFailure } from "../start/failure.ts";
import type { Bench, BenchOptions } from "./bench.ts";
import type { LessonInfo } from "./lesson-info.ts";
import { unfitOf, type Unfit } from "./unfit.ts";

export type SessionState =
  | { name: "idle" }
  | { name: "starting"; progress: BootProgress | null; host: HostName; fallback: Fallback | null }
  | { name: "failed"; message: string }
  | { name: "ready"; bench: Bench; BenchView: BenchCode["BenchView"] };

/** A sandbox that has not booted, and what it boots from. */
export interface Engine {
  sandbox: Sandbox;
  image: BootImageSource;
  /** True where another sandbox of this host needs the page to be loaded again. */
  needsReload?(): boolean;
}

/** The bench and what shows it: most of the workbench's code, which nobody needs before Start. */
export interface BenchCode {
  createBench(options: BenchOptions): Bench;
  BenchView: ComponentType<{ bench: Bench }>;
}

/** How a session gets at the world, so that tests can hand in a fake one. */
export interface SessionDependencies {
  /** Where the sandbox may run; the tab is always among them. */
  hosts: readonly HostName[];
  loadFiles(signal: AbortSignal): Promise<LessonFiles>;
  loadEngine(host: HostName): Promise<Engine>;
  loadBench(): Promise<BenchCode>;
  storage: TextStorage;
  snapshots: SnapshotStore;
}

export interface Session {
  state: ReadonlySignal<SessionState>;
  hosts: readonly HostName[];
  /** Where the next start runs. Remembered. */
  host: ReadonlySignal<HostName>;
  chooseHost(name: HostName): void;
  /**
   * The browser keeps changed files of this lesson: the next start opens with them. As long as the lesson's files are
   * not loaded, a deletion alone is none: the lesson may have lost that file itself.
   */
  hasKeptEdits(): boolean;
  /** Boots the sandbox unless it runs. Resolves when a start that was under way already has ended, too. */
  start(): Promise<void>;
  /** Stops a start under way. */
  cancel(): void;
  dispose(): Promise<void>;
}

/** It says something of the learner's app or databases: it would be the same on every host. */
function isTheApps(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A process that did not start and raised nothing may have had no memory.
  if (error.name === "ProcessStartError") return (error as ProcessStartError).error !== null;
  return error.name === "DatabaseError";
}

/** The learner's files may be why: those of the lesson start. */
function mayBeTheFiles(error: unknown, name: HostName): error is ProcessStartError {
  if (!(error instanceof Error) || error.name !== "ProcessStartError") return false;
  return name === "tab" || isTheApps(error);
}

/** The life of one lesson's workbench. */
export function createSession(lesson: LessonInfo, dependencies: SessionDependencies): Session {
  const { hosts, storage, snapshots } = dependencies;
  const state = signal<SessionState>({ name: "idle" });
  const host = signal(loadHost(storage, hosts));
  /** What the lesson gives; null until it is loaded. */
  let given: FileTree | null = null;
  let starting: AbortController | null = null;
  let underWay: Promise<void> = Promise.resolve();

  function chooseHost(name: HostName) {
    host.value = name;
    saveHost(storage, name);
  }

  function keptEdits(): Edits {
    const kept = loadEdits(storage, lesson.slug);
    return given === null ? kept : stillMeant(kept, given);
  }

  function hasKeptEdits() {
    const edits = Object.values(keptEdits());
    return given === null ? edits.some((text) => text !== null) : edits.length > 0;
  }

  /** Where the chosen host does not come, the tab takes over. */
  async function boot(files: LessonFiles, abort: AbortSignal): Promise<BenchOptions> {
    given = files.files;
    const wanted = host.peek();
    if (wanted === "tab") return bootOn("tab", files, abort, null);
    let needsReload = () => false;
    try {
      return await bootOn(wanted, files, abort, null, (engine) => {
        needsReload = () => engine.needsReload?.() ?? false;
      });
    } catch (error) {
      if (abort.aborted || isTheApps(error)) throw error;
      const reason = sentence(error);
      return bootOn("tab", files, abort, { reason, needsReload: () => needsReload() });
    }
  }

  async function bootOn(
    name: HostName,
    files: LessonFiles,
    abort: AbortSignal,
    fallback: Fallback | null,
    onEngine: (engine: Engine) => void = () => {},
  ): Promise<BenchOptions> {
    const tell = (progress: BootProgress | null) => {
      if (!abort.aborted) state.value = { name: "starting", progress, host: name, fallback };
    };
    tell(null);
    const edits = keptEdits();
    const bootWith = (laid: Edits) => {
      let image: BootImageSource;
      return bootFromKept({
        store: snapshots,
        slug: lesson.slug,
        create: async () => {
          const engine = await dependencies.loadEngine(name);
          onEngine(engine);
          image = engine.image;
          return engine.sandbox;
        },
        async boot(created, options) {
          abort.throwIfAborted();
          const app = { files: applyEdits(files.files, laid), image, signal: abort };
          await created.boot({ ...app, ...options }, tell);
          abort.throwIfAborted();
        },
      });
    };
    let unfit: Unfit | null = null;
    const [sandbox, restored] = await bootWith(edits).catch(async (error: unknown) => {
      if (abort.aborted || !hasKeptEdits() || !mayBeTheFiles(error, name)) throw error;
      // Without an editor nobody could mend them.
      const booted = await bootWith({}).catch(() => Promise.reject(error));
      unfit = unfitOf(error);
      writeEdits(booted[0].files, edits);
      return booted;
    });
    const where = { name, offered: hosts, fallback, remember: chooseHost };
    return { lesson, files, sandbox, storage, snapshots, restored, unfit, restart, host: where };
  }

  function start(): Promise<void> {
    if (state.value.name !== "starting" && state.value.name !== "ready") underWay = begin();
    return underWay;
  }

  async function begin() {
    const controller = new AbortController();
    starting = controller;
    state.value = { name: "starting", progress: null, host: host.peek(), fallback: null };
    try {
      const [files, { createBench, BenchView }] = await Promise.all([
        dependencies.loadFiles(controller.signal),
        dependencies.loadBench(),
      ]);
      const bench = createBench(await boot(files, controller.signal));
      state.value = { name: "ready", bench, BenchView };
    } catch (error) {
      if (starting !== controller) return;
      state.value = controller.signal.aborted
        ? { name: "idle" }
        : { name: "failed", message: startFailure(error, navigator.onLine !== false) };
    }
  }

  async function dispose() {
    starting?.abort();
    const current = state.value;
    state.value = { name: "idle" };
    if (current.name === "ready") await current.bench.dispose();
  }

  async function restart() {
    await dispose();
    await start();
  }

  return {
    state,
    hosts,
    host,
    chooseHost,
    hasKeptEdits,
    start,
    cancel() {
      starting?.abort();
      starting = null;
      if (state.value.name === "starting") state.value = { name: "idle" };
    },
    dispose,
  };
}
