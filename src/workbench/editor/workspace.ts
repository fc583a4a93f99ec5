import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { pathProblem } from "../../course/file-names.ts";
import type { LessonFiles } from "../../course/lesson.ts";
import { loadEdits, saveEdits, stillMeant, type Edits } from "../../course/saved-edits.ts";
import type { TextStorage } from "../../course/storage.ts";
import { fileNames } from "../format.ts";
import { sentence } from "../sentence.ts";
import type { LessonInfo } from "../session/lesson-info.ts";
import {
  binaryPaths,
  differing,
  only,
  textFiles,
  without,
  writeEdits,
  type EditTarget,
} from "./edit-sets.ts";
import { createOpenFiles } from "./open-files.ts";
import { loadPoints, savePoints, withPoint, type RestorePoint } from "./restore-points.ts";

/** What the learner did to a file: changed (M), added (A) or deleted (D) it. */
export type FileStatus = "M" | "A" | "D";

/** The learner's files: what the lesson gave, what was changed, and where it is written. */
export interface Workspace {
  /** All text files that exist, sorted. Follows changes where it is read in a component or effect. */
  readonly paths: readonly string[];
  /** Those and the deleted ones, sorted. */
  readonly allPaths: readonly string[];
  /** Files that the lesson is about. */
  focus: readonly string[];
  openPaths: ReadonlySignal<readonly string[]>;
  active: ReadonlySignal<string>;
  edits: ReadonlySignal<Edits>;
  /** Rises when files were changed by something else than typing: the editor reads them again. */
  revision: ReadonlySignal<number>;
  /** The newest change that can be taken back; null when there is none. */
  undoable: ReadonlySignal<RestorePoint | null>;
  /** False while typing waits to be written. */
  saved: ReadonlySignal<boolean>;
  /** Why files could not be saved; null when they were. */
  problem: ReadonlySignal<string | null>;
  /** The text of a file as it is now; empty where there is none. */
  text(path: string): string;
  /** As the lesson gave it; null where it gave none. */
  starter(path: string): string | null;
  /** As the lesson's solution has it; null where it has no such file. */
  solution(path: string): string | null;
  /** Files of the solution that are not as the learner has them, sorted. */
  solutionPaths(): string[];
  hasSolution: boolean;
  status(path: string): FileStatus | null;
  open(path: string): void;
  close(path: string): void;
  /** The learner typed: kept at once, written to the sandbox when the typing pauses. */
  change(path: string, text: string): void;
  /** Writes now what waits to be written. */
  flush(): void;
  /** Why a new file cannot have this path, as a sentence; null when it can. */
  pathProblem(path: string): string | null;
  /** @throws Error with `pathProblem`'s sentence */
  create(path: string): void;
  /** @throws Error with `pathProblem`'s sentence */
  rename(path: string, to: string): void;
  remove(path: string): void;
  resetFile(path: string): void;
  resetAll(): void;
  applySolution(): void;
  /**
   * Lays the lesson's variant of that name over the learner's files; they can undo it.
   * @throws Error when the lesson has no such variant
   */
  applyVariant(name: string): void;
  /** Replaces all edits by others; the learner can undo it. */
  applyEdits(label: string, edits: Edits): void;
  /** Takes the newest change of files back. */
  undo(): void;
  /** Keeps the newest change, so that the one before can be taken back. */
  keep(): void;
  dispose(): void;
}

export interface WorkspaceOptions {
  lesson: LessonInfo;
  files: LessonFiles;
  storage: TextStorage;
  target: EditTarget;
  /** How long typing must pause before files are written, in ms. */
  delay?: number;
}

/** Creates the workspace of a lesson, with the edits that an earlier visit left. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { lesson, storage, target, delay = 300 } = options;
  const { slug } = lesson;
  const original = textFiles(options.files.files);
  const solution = textFiles(options.files.solution);
  const edits = signal<Edits>(stillMeant(loadEdits(storage, slug), options.files.files));
  const points = signal<readonly RestorePoint[]>(loadPoints(storage, slug));
  const revision = signal(0);
  const saved = signal(true);
  const problem = signal<string | null>(null);
  const unwritten = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  const current = (path: string): string | null => {
    const edit = edits.value[path];
    return edit === undefined ? (original[path] ?? null) : edit;
  };
  const exists = (path: string) => current(path) !== null;
  const allPaths = computed(() =>
    [...new Set([...Object.keys(original), ...Object.keys(edits.value)])].sort(),
  );
  const paths = computed(() => allPaths.value.filter(exists));
  const files = createOpenFiles({
    storage,
    slug,
    focus: lesson.focus.filter(exists),
    first: lesson.open,
    exists,
  });

  /** Edits with one file changed; an edit that says what the lesson gave is none. */
  function withFile(from: Edits, path: string, content: string | null): Edits {
    const { [path]: _, ...others } = from;
    return content === (original[path] ?? null) ? others : { ...others, [path]: content };
  }

  function flush() {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    saved.value = saveEdits(storage, slug, edits.value);
    problem.value = saved.value
      ? null
      : "Your browser would not store your changes: they are lost when you leave this page.";
    try {
      const wanted = Object.fromEntries([...unwritten].map((path) => [path, current(path)]));
      writeEdits(target, wanted, (path) => unwritten.delete(path));
    } catch (error) {
      problem.value = `The sandbox did not take the file: ${sentence(error)}`;
    }
  }

  function setPoints(next: readonly RestorePoint[]) {
    points.value = next;
    savePoints(storage, slug, next);
  }

  function replaceEdits(next: Edits) {
    const changed = differing(edits.value, next);
    for (const path of changed) unwritten.add(path);
    edits.value = next;
    revision.value += 1;
    for (const path of changed) if (!exists(path)) files.gone(path, paths.value[0]);
    flush();
  }

  /** @param label a sentence, or what makes one of the files' names */
  function replaceUndoably(label: string | ((names: string) => string), next: Edits) {
    const touched = differing(edits.value, next);
    if (touched.length === 0) return;
    const told = typeof label === "string" ? label : label(fileNames(touched));
    setPoints(
      withPoint(points.value, { label: told, paths: touched, before: only(edits.value, touched) }),
    );
    replaceEdits(next);
  }

  function refuse(path: string) {
    const reason = pathProblem(path, allNames());
    if (reason !== null) throw new Error(reason);
  }
  const allNames = () => [...paths.value, ...binaryPaths(options.files.files)];

  return {
    get paths() {
      return paths.value;
    },
    get allPaths() {
      return allPaths.value;
    },
    focus: lesson.focus,
    openPaths: files.paths,
    active: files.active,
    edits: computed(() => edits.value),
    revision: computed(() => revision.value),
    undoable: computed(() => points.value[0] ?? null),
    saved: computed(() => saved.value),
    problem: computed(() => problem.value),
    hasSolution: Object.keys(solution).length > 0,
    text: (path) => current(path) ?? "",
    starter: (path) => original[path] ?? null,
    solution: (path) => solution[path] ?? null,
    solutionPaths: () =>
      Object.keys(solution)
        .filter((path) => current(path) !== solution[path])
        .sort(),
    status(path) {
      const edit = edits.value[path];
      if (edit === undefined) return null;
      if (edit === null) return "D";
      return path in original ? "M" : "A";
    },
    open: files.open,
    close: files.close,
    change(path, content) {
      if (content === current(path)) return;
      edits.value = withFile(edits.value, path, content);
      unwritten.add(path);
      saved.value = false;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(flush, delay);
    },
    flush,
    pathProblem: (path) => pathProblem(path, allNames()),
    create(path) {
      refuse(path);
      replaceUndoably(`${path} is new.`, withFile(edits.value, path, ""));
      files.open(path);
    },
    rename(path, to) {
      if (to === path) return;
      refuse(to);
      const next = withFile(withFile(edits.value, to, current(path) ?? ""), path, null);
      const wasOpen = files.paths.value.includes(path);
      const wasActive = files.active.value === path;
      if (wasOpen) files.renamed(path, to);
      replaceUndoably(`${path} is called ${to} now.`, next);
      if (wasActive) files.open(to);
    },
    remove: (path) => replaceUndoably(`${path} is deleted.`, withFile(edits.value, path, null)),
    resetFile(path) {
      const { [path]: _, ...others } = edits.value;
      replaceUndoably(`${path} is as the lesson gave it.`, others);
    },
    resetAll: () => replaceUndoably("All files are as the lesson gave them.", {}),
    applySolution: () =>
      replaceUndoably(
        (names) => `The solution has replaced ${names}.`,
        Object.entries(solution).reduce(
          (merged, [path, code]) => withFile(merged, path, code),
          edits.value,
        ),
      ),
    applyVariant(name) {
      const variant = options.files.variants[name];
      if (!variant) throw new Error(`This lesson has no files called ${name}.`);
      const next = Object.entries(textFiles(variant)).reduce(
        (merged, [path, code]) => withFile(merged, path, code),
        edits.value,
      );
      replaceUndoably((names) => `The experiment has replaced ${names}.`, next);
    },
    applyEdits: (label, next) =>
      replaceUndoably(
        label,
        Object.entries(next).reduce((merged, [path, code]) => withFile(merged, path, code), {}),
      ),
    undo() {
      const [last, ...earlier] = points.value;
      if (!last) return;
      // Taking back is a change too: what it replaces can be had again.
      const again = { ...last, label: inverse(last.label), before: only(edits.value, last.paths) };
      setPoints([again, ...earlier]);
      replaceEdits({ ...without(edits.value, last.paths), ...last.before });
    },
    keep: () => setPoints(points.value.slice(1)),
    dispose() {
      if (timer !== null) flush();
    },
  };
}

const TAKEN_BACK = "Taken back: ";

/** What taking it back, or having it again, is called. */
function inverse(label: string): string {
  return label.startsWith(TAKEN_BACK) ? label.slice(TAKEN_BACK.length) : TAKEN_BACK + label;
}
