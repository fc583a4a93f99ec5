import type { Comparison } from "./comparison.ts";
import { editorOptions } from "./editor-options.ts";
import { languageOf } from "./languages.ts";
import type { Monaco } from "./monaco.ts";
import { currentThemeName, onThemeChange } from "./theme.ts";

/** Puts both versions of a file into `element`, side by side or, where it is narrow, one in the other. */
export function mountDiff(
  monaco: Monaco,
  element: HTMLElement,
  comparison: Comparison,
  path: string,
): () => void {
  const { left, right } = comparison.sides(path);
  const language = languageOf(path);
  const model = {
    original: monaco.editor.createModel(left, language),
    modified: monaco.editor.createModel(right, language),
  };
  const editor = monaco.editor.createDiffEditor(element, {
    ...editorOptions(element),
    readOnly: true,
    originalEditable: false,
    renderSideBySide: true,
    useInlineViewWhenSpaceIsLimited: true,
    renderSideBySideInlineBreakpoint: 560,
    hideUnchangedRegions: { enabled: true, contextLineCount: 3 },
    renderOverviewRuler: false,
  });
  editor.setModel(model);
  // The comparison's own options for these names do not reach its two editors.
  editor.getOriginalEditor().updateOptions({ ariaLabel: `${comparison.left}: ${path}` });
  editor.getModifiedEditor().updateOptions({ ariaLabel: `${comparison.right}: ${path}` });
  const stopTheme = onThemeChange(() => monaco.editor.setTheme(currentThemeName()));
  return () => {
    stopTheme();
    editor.dispose();
    model.original.dispose();
    model.modified.dispose();
  };
}
