/** Colours of code in one theme; the values are those of `src/styles/tokens.css`. */
interface Palette {
  background: string;
  ink: string;
  faint: string;
  line: string;
  selection: string;
  cursor: string;
  keyword: string;
  constant: string;
  symbol: string;
  string: string;
  comment: string;
  /** Lists and notes that float over the code. */
  raised: string;
  chosen: string;
  /** Lines that went and lines that came, in a comparison; each with a stronger one for the words. */
  gone: string;
  goneWord: string;
  come: string;
  comeWord: string;
  wrong: string;
  doubtful: string;
}

const LIGHT: Palette = {
  background: "#ffffff",
  ink: "#1f1d19",
  faint: "#686255",
  line: "#e3dfd5",
  selection: "#d1e6e4",
  cursor: "#0b5f63",
  keyword: "#9a3b12",
  constant: "#1c5ca8",
  symbol: "#0b5f63",
  string: "#226c3a",
  comment: "#686255",
  raised: "#fbfaf6",
  chosen: "#e0eeec",
  gone: "#fdf0ed",
  goneWord: "#f8d9d3",
  come: "#ecf6ee",
  comeWord: "#cde7d3",
  wrong: "#b0261d",
  doubtful: "#855600",
};

const DARK: Palette = {
  background: "#22201d",
  ink: "#eeebe3",
  faint: "#a29c8e",
  line: "#36332d",
  selection: "#173837",
  cursor: "#74c7c4",
  keyword: "#f0a37e",
  constant: "#8fbdf2",
  symbol: "#74c7c4",
  string: "#8fd0a0",
  comment: "#a29c8e",
  raised: "#1b1a17",
  chosen: "#1d3534",
  gone: "#35201c",
  goneWord: "#52261f",
  come: "#1c2a20",
  comeWord: "#1b3b27",
  wrong: "#ff9485",
  doubtful: "#e5b456",
};

function tokenColors(palette: Palette) {
  const rule = (foreground: string, scope: string[]) => ({ scope, settings: { foreground } });
  return [
    rule(palette.comment, ["comment", "punctuation.definition.comment"]),
    rule(palette.string, ["string", "punctuation.definition.string"]),
    rule(palette.symbol, [
      "constant.language.symbol",
      "constant.other.symbol",
      "constant.numeric",
      "constant.language",
      "variable.other.readwrite.instance",
      "entity.other.attribute-name",
      "support.type.property-name",
    ]),
    rule(palette.constant, [
      "entity.name.type",
      "entity.other.inherited-class",
      "support.class",
      "variable.other.constant",
      "entity.name.tag",
    ]),
    rule(palette.keyword, ["keyword", "storage", "punctuation.section.embedded"]),
    rule(palette.ink, ["keyword.operator", "punctuation"]),
  ];
}

function theme(name: string, type: "light" | "dark", palette: Palette) {
  return {
    name,
    type,
    colors: {
      "editor.background": palette.background,
      "editor.foreground": palette.ink,
      "editorLineNumber.foreground": palette.faint,
      "editorLineNumber.activeForeground": palette.ink,
      "editorLineNumber.dimmedForeground": palette.faint,
      "editor.selectionBackground": palette.selection,
      "editorCursor.foreground": palette.cursor,
      "editorIndentGuide.background1": palette.line,
      "editor.lineHighlightBorder": "#00000000",
      focusBorder: palette.cursor,
      "editorWidget.background": palette.raised,
      "editorWidget.foreground": palette.ink,
      "editorWidget.border": palette.line,
      "editorSuggestWidget.background": palette.raised,
      "editorSuggestWidget.border": palette.line,
      "editorSuggestWidget.foreground": palette.ink,
      "editorSuggestWidget.selectedBackground": palette.chosen,
      "editorSuggestWidget.selectedForeground": palette.ink,
      "editorSuggestWidget.selectedIconForeground": palette.ink,
      "editorSuggestWidget.highlightForeground": palette.symbol,
      "editorSuggestWidget.focusHighlightForeground": palette.symbol,
      "editorHoverWidget.background": palette.raised,
      "editorHoverWidget.border": palette.line,
      "editorHoverWidget.foreground": palette.ink,
      "textLink.foreground": palette.symbol,
      "textLink.activeForeground": palette.symbol,
      "symbolIcon.methodForeground": palette.symbol,
      "symbolIcon.propertyForeground": palette.symbol,
      "input.background": palette.background,
      "input.foreground": palette.ink,
      "input.border": palette.faint,
      "list.hoverBackground": palette.chosen,
      "quickInput.background": palette.raised,
      "quickInput.foreground": palette.ink,
      "diffEditor.removedLineBackground": palette.gone,
      "diffEditor.removedTextBackground": palette.goneWord,
      "diffEditor.insertedLineBackground": palette.come,
      "diffEditor.insertedTextBackground": palette.comeWord,
      "diffEditor.diagonalFill": palette.line,
      "diffEditor.unchangedRegionBackground": palette.raised,
      "diffEditor.unchangedRegionForeground": palette.faint,
      "diffEditor.unchangedCodeBackground": palette.background,
      "editorError.foreground": palette.wrong,
      "editorWarning.foreground": palette.doubtful,
    },
    tokenColors: tokenColors(palette),
  };
}

export const lightCodeTheme = theme("perform-later-light", "light", LIGHT);
export const darkCodeTheme = theme("perform-later-dark", "dark", DARK);
