import { signal, type ReadonlySignal } from "@preact/signals";
import type { LessonFiles } from "../../course/lesson.ts";
import { applyEdits, loadEdits } from "../../course/saved-edits.ts";
import type { TextStorage } from "../../course/storage.ts";
import type { BootImageSource, BootProgress, Sandbox } from "../../sandbox/sandbox.ts";
import { startFailure } from "../start/failure.ts";
import { bootFromKept } from "../snapshots/boot.ts";
import type { SnapshotStore } from "../snapshots/store.ts";
import { createBench, type Bench } from "./bench.ts";
import type { LessonInfo } from "./lesson-info.ts";

export type SessionState =
  | { name: "idle" }
  | { name: "starting"; progress: BootProgress | null }
  | { name: "failed"; message: string }
  | { name: "ready"; bench: Bench };

/** How a session gets at the world, so that tests can hand in a fake one. */
export interface SessionDependencies {
  loadFiles(signal: AbortSignal): Promise<LessonFiles>;
  loadEngine(): Promise<{ sandbox: Sandbox; image: BootImageSource }>;
  storage: TextStorage;
  snapshots: SnapshotStore;
}

export interface Session {
  state: ReadonlySignal<SessionState>;
  /** Boots the sandbox; does nothing while it starts or runs. */
  start(): Promise<void>;
  /** Stops a start under way. */
  cancel(): void;
  dispose(): Promise<void>;
}

/** The life of one lesson's workbench. */
export function createSession(lesson: LessonInfo, dependencies: SessionDependencies): Session {
  const state = signal<SessionState>({ name: "idle" });
  let starting: AbortController | null = null;
  let image: BootImageSource;

  async function boot(abort: AbortSignal): Promise<Bench> {
    const { storage, snapshots } = dependencies;
    const files = await dependencies.loadFiles(abort);
    const edits = loadEdits(storage, lesson.slug);
    const [sandbox, restored] = await bootFromKept({
      store: snapshots,
      slug: lesson.slug,
      create: async () => {
        const engine = await dependencies.loadEngine();
        image = engine.image;
        return engine.sandbox;
      },
      async boot(created, options) {
        abort.throwIfAborted();
        const app = { files: applyEdits(files.files, edits), image, signal: abort };
        await created.boot({ ...app, ...options }, (progress) => {
          if (!abort.aborted) state.value = { name: "starting", progress };
        });
        abort.throwIfAborted();
      },
    });
    return createBench({ lesson, files, sandbox, storage, snapshots, restored, restart });
  }

  async function start() {
    if (state.value.name === "starting" || state.value.name === "ready") return;
    const controller = new AbortController();
    starting = controller;
    state.value = { name: "starting", progress: null };
    try {
      const bench = await boot(controller.signal);
      state.value = { name: "ready", bench };
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
    start,
    cancel() {
      starting?.abort();
      starting = null;
      if (state.value.name === "starting") state.value = { name: "idle" };
    },
    dispose,
  };
}
