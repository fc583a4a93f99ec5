import type { editor } from "monaco-editor/editor/editor.api.js";
import { languageOf } from "./languages.ts";
import type { Monaco } from "./monaco.ts";
import type { Workspace } from "./workspace.ts";

/** The files as Monaco holds them: each with its own undo stack, cursor and scroll position. */
export interface Models {
  show(path: string | null): void;
  /** Files were changed by something else than typing. */
  readAgain(): void;
  dispose(): void;
}

export function createModels(
  monaco: Monaco,
  view: editor.IStandaloneCodeEditor,
  workspace: Workspace,
): Models {
  const models = new Map<string, editor.ITextModel>();
  const places = new Map<string, editor.ICodeEditorViewState>();
  let shown: string | null = null;

  function modelOf(path: string): editor.ITextModel {
    const known = models.get(path);
    if (known) return known;
    const uri = monaco.Uri.from({ scheme: "file", path: `/${path}` });
    const model = monaco.editor.createModel(workspace.text(path), languageOf(path), uri);
    model.onDidChangeContent(() => workspace.change(path, model.getValue()));
    models.set(path, model);
    return model;
  }

  function show(path: string | null) {
    const place = view.saveViewState();
    if (shown !== null && place) places.set(shown, place);
    if (path === shown && view.getModel()) return;
    shown = path;
    view.setModel(path === null ? null : modelOf(path));
    if (path !== null) view.restoreViewState(places.get(path) ?? null);
  }

  return {
    show,
    readAgain() {
      for (const [path, model] of models) {
        if (!workspace.paths.includes(path)) {
          models.delete(path);
          places.delete(path);
          model.dispose();
          continue;
        }
        const text = workspace.text(path);
        if (model.getValue() === text) continue;
        model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      }
      if (shown !== null) show(workspace.paths.includes(shown) ? shown : null);
    },
    dispose() {
      for (const model of models.values()) model.dispose();
    },
  };
}
