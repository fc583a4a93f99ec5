import type { Signal } from "@preact/signals";
import type { editor } from "monaco-editor/editor/editor.api.js";
import type { Monaco } from "./monaco.ts";

/**
 * Escape, then Tab, leaves the editor: Tab alone indents. (Monaco's own switch, Ctrl+M, stays.)
 * @param leaves is true while the next Tab would leave
 */
export function letEscapeThenTabLeave(
  monaco: Monaco,
  view: editor.IStandaloneCodeEditor,
  leaves: Signal<boolean>,
): () => void {
  function set(value: boolean) {
    if (leaves.value === value) return;
    leaves.value = value;
    view.updateOptions({ tabFocusMode: value });
  }
  const { Escape, Tab, Shift } = monaco.KeyCode;
  const listeners = [
    view.onKeyDown(({ keyCode }) => {
      if (keyCode === Escape) set(true);
      else if (keyCode !== Tab && keyCode !== Shift) set(false);
    }),
    view.onDidBlurEditorWidget(() => set(false)),
  ];
  return () => {
    for (const listener of listeners) listener.dispose();
  };
}
