import { effect, untracked } from "@preact/signals";
import type { Bench, CodePlace } from "../session/bench.ts";
import { editorOptions } from "./editor-options.ts";
import type { EditorState } from "./editor-state.ts";
import { letEscapeThenTabLeave } from "./escape.ts";
import { createModels } from "./models.ts";
import type { Monaco } from "./monaco.ts";
import { watchSyntax } from "./syntax/watch.ts";
import { currentThemeName, onThemeChange } from "./theme.ts";

/** Puts a Monaco editor into `element` and keeps it and the workspace in step. */
export function mountEditor(
  monaco: Monaco,
  element: HTMLElement,
  bench: Bench,
  state: EditorState,
): () => void {
  const { workspace } = bench;
  const editor = monaco.editor.create(element, {
    ...editorOptions(element),
    model: null,
    tabSize: 2,
    wordBasedSuggestions: "off",
    quickSuggestions: { other: true, comments: false, strings: false },
    suggest: { showWords: false },
    ariaLabel: "Code editor. Press Escape, then Tab, to leave it.",
  });
  const models = createModels(monaco, editor, workspace);
  const mark = editor.createDecorationsCollection();
  let marked: string | null = null;

  function goTo(place: CodePlace) {
    if (!workspace.paths.includes(place.path)) return;
    workspace.open(place.path);
    // At once: the effect that follows the open file runs after this one.
    models.show(place.path);
    marked = place.path;
    const last = place.endLine ?? place.line;
    const options = { isWholeLine: true, className: "wb-line-mark" };
    mark.set([{ range: new monaco.Range(place.line, 1, last, 1), options }]);
    editor.setPosition({ lineNumber: place.line, column: 1 });
    editor.revealLinesInCenterIfOutsideViewport(place.line, last);
    if (!place.quietly) editor.focus();
  }

  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => workspace.flush());

  const stops = [
    effect(() => {
      const path = workspace.active.value;
      models.show(workspace.paths.includes(path) ? path : null);
      element.dataset["path"] = path;
      if (path !== marked) mark.clear();
    }),
    effect(() => {
      // Read the revision, so that a reset or an undo reaches the models.
      if (workspace.revision.value > 0) models.readAgain();
    }),
    effect(() => {
      const place = bench.goTo.value;
      if (!place) return;
      untracked(() => goTo(place));
      bench.goTo.value = null;
    }),
    onThemeChange(() => monaco.editor.setTheme(currentThemeName())),
    watchSyntax(monaco, editor, state.problems),
    letEscapeThenTabLeave(monaco, editor, state.tabLeaves),
  ];
  const listeners = [
    editor.onDidChangeCursorPosition(({ position }) => {
      state.cursor.value = { line: position.lineNumber, column: position.column };
    }),
    // What was pointed at may have moved.
    editor.onDidChangeModelContent(() => mark.clear()),
  ];

  return () => {
    for (const stop of stops) stop();
    for (const listener of listeners) listener.dispose();
    editor.dispose();
    models.dispose();
  };
}
