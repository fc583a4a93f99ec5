import { effect } from "@preact/signals";
import type { Bench } from "../session/bench.ts";
import { languageOf } from "./languages.ts";
import type { Monaco } from "./monaco.ts";
import { currentThemeName, onThemeChange } from "./theme.ts";

/** Puts a Monaco editor into `element` and keeps it and the workspace in step. */
export function mountEditor(monaco: Monaco, element: HTMLElement, bench: Bench): () => void {
  const { workspace } = bench;
  const editor = monaco.editor.create(element, {
    model: null,
    theme: currentThemeName(),
    fontFamily: getComputedStyle(element).getPropertyValue("--font-code"),
    fontSize: 13,
    lineHeight: 20,
    fontLigatures: false,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    automaticLayout: true,
    tabSize: 2,
    padding: { top: 8, bottom: 8 },
    renderLineHighlight: "none",
    overviewRulerLanes: 0,
    occurrencesHighlight: "off",
    quickSuggestions: false,
    suggestOnTriggerCharacters: false,
    wordBasedSuggestions: "off",
    unicodeHighlight: { ambiguousCharacters: false },
    ariaLabel: "Code editor. Press Control+M to let the Tab key leave the editor.",
  });

  const models = new Map<string, ReturnType<Monaco["editor"]["createModel"]>>();
  function modelOf(path: string) {
    const known = models.get(path);
    if (known) return known;
    const uri = monaco.Uri.parse(`file:///${path}`);
    const model = monaco.editor.createModel(workspace.text(path), languageOf(path), uri);
    model.onDidChangeContent(() => workspace.change(path, model.getValue()));
    models.set(path, model);
    return model;
  }

  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => workspace.flush());

  const stops = [
    effect(() => {
      editor.setModel(modelOf(workspace.active.value));
      element.dataset["path"] = workspace.active.value;
    }),
    effect(() => {
      // Read the revision, so that a reset or an undo reaches the models.
      if (workspace.revision.value === 0) return;
      for (const [path, model] of models) {
        const text = workspace.text(path);
        if (model.getValue() === text) continue;
        model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      }
    }),
    effect(() => {
      const place = bench.goTo.value;
      if (!place) return;
      workspace.open(place.path);
      editor.revealLineInCenter(place.line);
      editor.setPosition({ lineNumber: place.line, column: 1 });
      editor.focus();
      bench.goTo.value = null;
    }),
    onThemeChange(() => monaco.editor.setTheme(currentThemeName())),
  ];

  return () => {
    for (const stop of stops) stop();
    editor.dispose();
    for (const model of models.values()) model.dispose();
  };
}
