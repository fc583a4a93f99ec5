import { currentThemeName } from "./theme.ts";

/** What the editor and the comparison have in common. */
export function editorOptions(element: HTMLElement) {
  return {
    theme: currentThemeName(),
    fontFamily: getComputedStyle(element).getPropertyValue("--font-code"),
    fontSize: 13,
    lineHeight: 20,
    fontLigatures: false,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    automaticLayout: true,
    padding: { top: 8, bottom: 8 },
    renderLineHighlight: "none",
    overviewRulerLanes: 0,
    occurrencesHighlight: "off",
    stickyScroll: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false },
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 12,
    folding: false,
    contextmenu: false,
    fixedOverflowWidgets: true,
    accessibilitySupport: "auto",
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  } as const;
}
