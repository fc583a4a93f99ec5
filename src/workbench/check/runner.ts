import { signal, type ReadonlySignal } from "@preact/signals";
import { markPassed } from "../../course/progress.ts";
import type { TextStorage } from "../../course/storage.ts";
import type { CheckResult, Sandbox } from "../../sandbox/sandbox.ts";
import type { Workspace } from "../editor/workspace.ts";
import { isAbort, sentence } from "../sentence.ts";
import type { LessonInfo } from "../session/lesson-info.ts";

export type CheckState =
  | { name: "idle" }
  | { name: "running" }
  | { name: "done"; result: CheckResult }
  | { name: "broken"; message: string };

/** Runs the lesson's check on the learner's files, one run at a time. */
export interface CheckRunner {
  /** False where the lesson has no check. */
  available: boolean;
  state: ReadonlySignal<CheckState>;
  run(): Promise<void>;
  cancel(): void;
}

interface Options {
  sandbox: Pick<Sandbox, "check">;
  workspace: Pick<Workspace, "flush">;
  lesson: LessonInfo;
  storage: TextStorage;
  source: string;
  /** Called when a run begins. */
  onRun(): void;
}

export function createCheckRunner(options: Options): CheckRunner {
  const { sandbox, workspace, lesson, storage, source, onRun } = options;
  const state = signal<CheckState>({ name: "idle" });
  let controller: AbortController | null = null;

  return {
    available: source.trim() !== "",
    state,
    async run() {
      if (controller) return;
      const own = (controller = new AbortController());
      onRun();
      state.value = { name: "running" };
      try {
        workspace.flush();
        const result = await sandbox.check(source, own.signal);
        state.value = { name: "done", result };
        if (result.passed) markPassed(storage, lesson.slug);
      } catch (error) {
        state.value =
          own.signal.aborted || isAbort(error)
            ? { name: "idle" }
            : { name: "broken", message: sentence(error) };
      } finally {
        controller = null;
      }
    },
    cancel: () => controller?.abort(),
  };
}
