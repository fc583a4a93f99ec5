import { signal, type Signal } from "@preact/signals";
import type { LessonFiles } from "../../course/lesson.ts";
import type { TextStorage } from "../../course/storage.ts";
import type {
  ProcessInfo,
  RegisteredProcess,
  Sandbox,
  SourceLocation,
} from "../../sandbox/sandbox.ts";
import { createLiveAttempts, type LiveAttempts } from "../attempts/live-attempts.ts";
import { createCheckRunner, type CheckRunner } from "../check/runner.ts";
import type { Comparison } from "../editor/comparison.ts";
import { createWorkspace, type Workspace } from "../editor/workspace.ts";
import type { Fallback, HostName } from "../host/hosts.ts";
import { createLayout, type Layout } from "../layout/layout.ts";
import { createLiveQuery, type LiveQuery } from "../live/live-query.ts";
import type { Overlay } from "../palette/overlay.ts";
import { PANELS, type PanelId } from "../panels.ts";
import { createPower, type Power } from "../processes/power.ts";
import { createRestarts, type Restarts } from "../processes/restarts.ts";
import type { Restored } from "../snapshots/boot.ts";
import { createSnapshotKeeper, type SnapshotKeeper } from "../snapshots/keeper.ts";
import type { SnapshotStore } from "../snapshots/store.ts";
import type { LessonInfo } from "./lesson-info.ts";
import type { Unfit } from "./unfit.ts";
import { readOverview, type QueueOverview } from "./queue-overview.ts";

/** A line of the learner's files, or several. */
export interface CodePlace extends SourceLocation {
  endLine?: number | undefined;
  /** Leaves the focus where it is: nobody asked to type there. */
  quietly?: boolean;
}

/** Where a bench's sandbox runs. */
export interface BenchHost {
  name: HostName;
  /** More than one where there is a choice. */
  offered: readonly HostName[];
  /** Set when it should have run elsewhere. */
  fallback: Fallback | null;
  /** For the next start. */
  remember(name: HostName): void;
}

/** A running sandbox with everything the panels share. */
export interface Bench {
  lesson: LessonInfo;
  sandbox: Sandbox;
  host: BenchHost;
  /** Where the panels keep what should be there on the next visit. */
  storage: TextStorage;
  workspace: Workspace;
  check: CheckRunner;
  /** The queue at a glance. */
  queue: LiveQuery<QueueOverview>;
  /** Every attempt that the events told of. */
  attempts: LiveAttempts;
  power: Power;
  /** Of single processes; `restart` is the whole sandbox's. */
  processRestarts: Restarts;
  processes: LiveQuery<ProcessInfo[]>;
  registered: LiveQuery<RegisteredProcess[]>;
  /** Which panels are seen, and how large. */
  layout: Layout;
  /** Brings a panel into sight. */
  show(panel: PanelId): void;
  /** Where the editor should go next; it clears this when it has gone there. */
  goTo: Signal<CodePlace | null>;
  /** Sandbox time (ms) at which the panels show the tables; null for now. */
  asOf: Signal<number | null>;
  /** Shows a line of the learner's files in the editor. */
  showInEditor(location: CodePlace): void;
  /** The versions that the editor shows side by side, instead of one file; null while it shows one. */
  comparing: Signal<Comparison | null>;
  /** The job (Active Job's id) that the Jobs panel should open next; it clears this when it has. */
  goToJob: Signal<string | null>;
  /** Shows a job in the Jobs panel. */
  showJob(activeJobId: string): void;
  /** What became of the databases of the last visit. */
  restored: Restored;
  /** Set when the sandbox could not start with the learner's files. */
  unfit: Unfit | null;
  keeper: SnapshotKeeper;
  /** Forgets the databases and starts the sandbox again, code as it is. */
  startFresh(): Promise<void>;
  /** Keeps the databases and starts the sandbox again with them, where the learner wants it now. */
  restart(): Promise<void>;
  /** What lies over the workbench: commands, shortcuts, sharing; null for nothing. */
  overlay: Signal<Overlay | null>;
  /** Why something that was asked for did not work, where no panel has a place for it. */
  notice: Signal<string | null>;
  /** Keeps the databases, then stops everything that this bench owns, and the sandbox. */
  dispose(): Promise<void>;
}

export interface BenchOptions {
  lesson: LessonInfo;
  files: LessonFiles;
  sandbox: Sandbox;
  storage: TextStorage;
  snapshots: SnapshotStore;
  restored: Restored;
  unfit: Unfit | null;
  host: BenchHost;
  /** Ends this bench and starts another. */
  restart(): Promise<void>;
}

/** Sets up the panels' shared state around a booted sandbox. */
export function createBench(options: BenchOptions): Bench {
  const { lesson, files, sandbox, storage, snapshots } = options;
  const workspace = createWorkspace({ lesson, files, storage, target: sandbox.files });
  const layout = createLayout({ panels: PANELS, storage, slug: lesson.slug });
  const check = createCheckRunner({
    sandbox,
    lesson,
    workspace,
    storage,
    source: files.check,
    onRun: () => layout.show("check"),
  });
  const live = <T>(prefixes: string[], load: () => Promise<T> | T) =>
    createLiveQuery({ events: sandbox.events, prefixes, load });
  const queries = {
    queue: live(["job.", "process.", "clock.", "recurring."], () => readOverview(sandbox)),
    processes: live(["process."], () => sandbox.processes.list()),
    registered: live(["process.", "clock."], () => sandbox.queue.processes()),
  };
  const goTo = signal<CodePlace | null>(null);
  const comparing = signal<Comparison | null>(null);
  const goToJob = signal<string | null>(null);
  const keeper = createSnapshotKeeper({ sandbox, store: snapshots, slug: lesson.slug });
  const attempts = createLiveAttempts(sandbox.events);
  const power = createPower(() => sandbox.processes);
  const processRestarts = createRestarts(sandbox, power);

  return {
    lesson,
    sandbox,
    host: options.host,
    storage,
    workspace,
    check,
    ...queries,
    attempts,
    power,
    processRestarts,
    layout,
    show: (panel) => layout.show(panel),
    goTo,
    asOf: signal<number | null>(null),
    showInEditor(location) {
      layout.show("editor");
      comparing.value = null;
      goTo.value = location;
    },
    comparing,
    goToJob,
    showJob(activeJobId) {
      layout.show("jobs");
      goToJob.value = activeJobId;
    },
    restored: options.restored,
    unfit: options.unfit,
    keeper,
    async startFresh() {
      keeper.dispose();
      await snapshots.forget(lesson.slug);
      await options.restart();
    },
    restart: () => options.restart(),
    overlay: signal<Overlay | null>(null),
    notice: signal<string | null>(null),
    async dispose() {
      await keeper.flush();
      keeper.dispose();
      for (const query of Object.values(queries)) query.dispose();
      attempts.dispose();
      processRestarts.dispose();
      check.cancel();
      workspace.dispose();
      await sandbox.dispose();
    },
  };
}
