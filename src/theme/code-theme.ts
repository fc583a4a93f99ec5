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
}

const LIGHT: Palette = {
  background: "#ffffff",
  ink: "#1f1d19",
  faint: "#686255",
  line: "#e3dfd5",
  selection: "#cfe4e2",
  cursor: "#0b5f63",
  keyword: "#9a3b12",
  constant: "#1c5ca8",
  symbol: "#0b5f63",
  string: "#226c3a",
  comment: "#686255",
};

const DARK: Palette = {
  background: "#22201d",
  ink: "#eeebe3",
  faint: "#a29c8e",
  line: "#36332d",
  selection: "#27504e",
  cursor: "#74c7c4",
  keyword: "#f0a37e",
  constant: "#8fbdf2",
  symbol: "#74c7c4",
  string: "#8fd0a0",
  comment: "#a29c8e",
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
      "editor.selectionBackground": palette.selection,
      "editorCursor.foreground": palette.cursor,
      "editorIndentGuide.background1": palette.line,
      "editor.lineHighlightBorder": "#00000000",
      focusBorder: palette.cursor,
    },
    tokenColors: tokenColors(palette),
  };
}

export const lightCodeTheme = theme("perform-later-light", "light", LIGHT);
export const darkCodeTheme = theme("perform-later-dark", "dark", DARK);
