/**
 * Monaco, as far as the editor's own code uses it, over text fields: what is tested is what we tell it and what we do
 * with what it tells. The real one measures a layout, which a test without a browser has not; it is looked at in
 * tests/e2e/editor.test.ts.
 */
import type { editor } from "monaco-editor/editor/editor.api.js";
import type { Monaco } from "../../../src/workbench/editor/monaco.ts";

type Listener<Event> = (event: Event) => void;

class Emitter<Event> {
  readonly #listeners = new Set<Listener<Event>>();
  readonly on = (listener: Listener<Event>) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(event: Event) {
    for (const listener of this.#listeners) listener(event);
  }
}

export class PlainModel {
  readonly changed = new Emitter<void>();
  readonly onDidChangeContent = this.changed.on;
  readonly language: string;
  markers: editor.IMarkerData[] = [];
  disposed = false;
  #text: string;

  constructor(text: string, language: string) {
    this.#text = text;
    this.language = language;
  }
  getValue = () => this.#text;
  getLanguageId = () => this.language;
  getFullModelRange = () => null;
  isDisposed = () => this.disposed;
  dispose = () => void (this.disposed = true);
  pushEditOperations(_before: unknown, [edit]: { text: string }[]) {
    this.setValue(edit?.text ?? "");
  }
  setValue(text: string) {
    this.#text = text;
    this.changed.fire();
  }
}

/** One text field, which shows one model at a time. */
class PlainEditor {
  readonly #field = document.createElement("textarea");
  readonly #modelChanged = new Emitter<void>();
  readonly #contentChanged = new Emitter<void>();
  readonly #cursorMoved = new Emitter<{ position: { lineNumber: number; column: number } }>();
  readonly onDidChangeModel = this.#modelChanged.on;
  readonly onDidChangeModelContent = this.#contentChanged.on;
  readonly onDidChangeCursorPosition = this.#cursorMoved.on;
  readonly onKeyDown = new Emitter<{ keyCode: number }>().on;
  readonly onDidBlurEditorWidget = new Emitter<void>().on;
  #model: PlainModel | null = null;
  #listening: { dispose(): void } | null = null;

  constructor(element: HTMLElement, { ariaLabel }: { ariaLabel: string }) {
    this.#field.setAttribute("aria-label", ariaLabel);
    this.#field.addEventListener("input", () => this.#model?.setValue(this.#field.value));
    element.append(this.#field);
  }
  getModel = () => this.#model;
  setModel(model: PlainModel | null) {
    this.#listening?.dispose();
    this.#model = model;
    this.#field.value = model?.getValue() ?? "";
    this.#field.disabled = model === null;
    this.#listening =
      model?.onDidChangeContent(() => {
        this.#field.value = model.getValue();
        this.#contentChanged.fire();
      }) ?? null;
    this.#modelChanged.fire();
  }
  setPosition(position: { lineNumber: number; column: number }) {
    this.#cursorMoved.fire({ position });
  }
  /** The marked lines, as an attribute: `2-4`. */
  createDecorationsCollection = () => ({
    set: ([mark]: { range: PlainRange }[]) => {
      if (mark) this.#field.dataset["marked"] = `${mark.range.from}-${mark.range.to}`;
    },
    clear: () => void delete this.#field.dataset["marked"],
  });
  saveViewState = () => null;
  restoreViewState() {}
  revealLinesInCenterIfOutsideViewport() {}
  addCommand() {}
  updateOptions() {}
  focus = () => this.#field.focus();
  dispose() {
    this.#listening?.dispose();
    this.#field.remove();
  }
}

class PlainRange {
  readonly from: number;
  readonly to: number;
  constructor(from: number, _column: number, to: number) {
    this.from = from;
    this.to = to;
  }
}

/** Two texts side by side. */
function plainDiffEditor(element: HTMLElement) {
  const sides = [document.createElement("pre"), document.createElement("pre")] as const;
  element.append(...sides);
  const side = (pre: HTMLElement) => () => ({
    updateOptions: ({ ariaLabel }: { ariaLabel: string }) =>
      pre.setAttribute("aria-label", ariaLabel),
  });
  return {
    setModel({ original, modified }: { original: PlainModel; modified: PlainModel }) {
      sides[0].textContent = original.getValue();
      sides[1].textContent = modified.getValue();
    },
    getOriginalEditor: side(sides[0]),
    getModifiedEditor: side(sides[1]),
    dispose: () => sides.forEach((pre) => pre.remove()),
  };
}

export const plainMonaco = {
  KeyMod: { CtrlCmd: 2048 },
  KeyCode: { KeyS: 49, Escape: 9, Tab: 2, Shift: 4 },
  MarkerSeverity: { Error: 8, Warning: 4 },
  Range: PlainRange,
  Uri: { from: (parts: object) => parts },
  editor: {
    create: (element: HTMLElement, options: { ariaLabel: string }) =>
      new PlainEditor(element, options),
    createModel: (text: string, language: string) => new PlainModel(text, language),
    createDiffEditor: plainDiffEditor,
    setTheme: () => undefined,
    setModelMarkers: (model: PlainModel, _owner: string, markers: editor.IMarkerData[]) =>
      void (model.markers = markers),
  },
} as unknown as Monaco;
