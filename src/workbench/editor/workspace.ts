import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { FileTree } from "../../course/file-tree.ts";
import type { LessonFiles } from "../../course/lesson.ts";
import { loadEdits, saveEdits, type Edits } from "../../course/saved-edits.ts";
import type { TextStorage } from "../../course/storage.ts";
import type { SandboxFiles } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";
import type { LessonInfo } from "../session/lesson-info.ts";

/** A change of many files that the learner can take back. */
export interface Undoable {
  label: string;
  before: Edits;
}

/** The learner's files: what the lesson gave, what was changed, and where it is written. */
export interface Workspace {
  /** All text files, sorted. */
  paths: readonly string[];
  openPaths: ReadonlySignal<readonly string[]>;
  active: ReadonlySignal<string>;
  edits: ReadonlySignal<Edits>;
  /** Rises when files were changed by something else than typing: the editor reads them again. */
  revision: ReadonlySignal<number>;
  undoable: ReadonlySignal<Undoable | null>;
  /** Why files could not be saved; null when they were. */
  problem: ReadonlySignal<string | null>;
  hasSolution: boolean;
  text(path: string): string;
  open(path: string): void;
  /** The learner typed: kept at once, written to the sandbox when the typing pauses. */
  change(path: string, text: string): void;
  /** Writes now what waits to be written. */
  flush(): void;
  resetFile(path: string): void;
  resetAll(): void;
  applySolution(): void;
  /**
   * Lays the lesson's variant of that name over the learner's files; they can undo it.
   * @throws Error when the lesson has no such variant
   */
  applyVariant(name: string): void;
  undo(): void;
  dispose(): void;
}

export interface WorkspaceOptions {
  lesson: LessonInfo;
  files: LessonFiles;
  storage: TextStorage;
  target: Pick<SandboxFiles, "write" | "delete">;
  /** How long typing must pause before files are written, in ms. */
  delay?: number;
}

function textFiles(tree: FileTree): Edits {
  const isText = (entry: [string, unknown]): entry is [string, string] =>
    typeof entry[1] === "string";
  return Object.fromEntries(Object.entries(tree).filter(isText));
}

/** Creates the workspace of a lesson, with the edits that an earlier visit left. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { lesson, storage, target, delay = 300 } = options;
  const original = textFiles(options.files.files);
  const solution = textFiles(options.files.solution);
  const paths = [...new Set([...Object.keys(original), ...Object.keys(solution)])].sort();
  const edits = signal<Edits>(loadEdits(storage, lesson.slug));
  const opened = signal<readonly string[]>(lesson.focus);
  const active = signal(lesson.open);
  const revision = signal(0);
  const undoable = signal<Undoable | null>(null);
  const problem = signal<string | null>(null);
  const unwritten = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const text = (path: string) => edits.value[path] ?? original[path] ?? "";
  const exists = (path: string) => path in edits.value || path in original;

  function withFile(from: Edits, path: string, content: string): Edits {
    const { [path]: _, ...others } = from;
    return content === original[path] ? others : { ...others, [path]: content };
  }

  function flush() {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const saved = saveEdits(storage, lesson.slug, edits.value);
    problem.value = saved
      ? null
      : "Your browser would not store your changes: they are lost when you leave this page.";
    try {
      for (const path of unwritten) {
        if (exists(path)) target.write(path, text(path));
        else target.delete(path);
        unwritten.delete(path);
      }
    } catch (error) {
      problem.value = `The sandbox did not take the file: ${sentence(error)}`;
    }
  }

  function replaceEdits(next: Edits) {
    for (const path of new Set([...Object.keys(edits.value), ...Object.keys(next)])) {
      if (edits.value[path] !== next[path]) unwritten.add(path);
    }
    edits.value = next;
    revision.value += 1;
    flush();
  }

  function replaceUndoably(label: string, next: Edits) {
    undoable.value = { label, before: edits.value };
    replaceEdits(next);
  }

  return {
    paths,
    openPaths: computed(() => opened.value),
    active: computed(() => active.value),
    edits: computed(() => edits.value),
    revision: computed(() => revision.value),
    undoable: computed(() => undoable.value),
    problem: computed(() => problem.value),
    hasSolution: Object.keys(solution).length > 0,
    text,
    open(path) {
      if (!paths.includes(path)) return;
      if (!opened.value.includes(path)) opened.value = [...opened.value, path];
      active.value = path;
    },
    change(path, content) {
      if (content === text(path)) return;
      edits.value = withFile(edits.value, path, content);
      undoable.value = null;
      unwritten.add(path);
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(flush, delay);
    },
    flush,
    resetFile(path) {
      const { [path]: _, ...others } = edits.value;
      replaceUndoably(`${path} is as the lesson gave it.`, others);
    },
    resetAll: () => replaceUndoably("All files are as the lesson gave them.", {}),
    applySolution() {
      const differing = Object.entries(solution).filter(([path, code]) => original[path] !== code);
      const next = { ...edits.value, ...Object.fromEntries(differing) };
      for (const path of Object.keys(solution)) {
        if (solution[path] === original[path]) delete next[path];
      }
      replaceUndoably("The solution has replaced your files.", next);
    },
    applyVariant(name) {
      const variant = options.files.variants[name];
      if (!variant) throw new Error(`This lesson has no files called ${name}.`);
      const files = Object.entries(textFiles(variant));
      const next = files.reduce(
        (merged, [path, code]) => withFile(merged, path, code),
        edits.value,
      );
      replaceUndoably("The experiment has replaced some of your files.", next);
    },
    undo() {
      const last = undoable.value;
      undoable.value = null;
      if (last) replaceEdits(last.before);
    },
    dispose() {
      if (timer !== null) flush();
    },
  };
}
