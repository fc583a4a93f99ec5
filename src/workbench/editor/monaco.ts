/**
 * Monaco, coloured by Shiki. Loaded with `import()` when the workbench starts, never before.
 */
import { shikiToMonaco } from "@shikijs/monaco";
import * as monaco from "monaco-editor/editor/editor.api.js";
import "./monaco-features.ts";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import stylesUrl from "monaco-styles/editor.main.css?url";
import { createHighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import css from "shiki/langs/css.mjs";
import erb from "shiki/langs/erb.mjs";
import html from "shiki/langs/html.mjs";
import ruby from "shiki/langs/ruby.mjs";
import sql from "shiki/langs/sql.mjs";
import yaml from "shiki/langs/yaml.mjs";
import { darkCodeTheme, lightCodeTheme } from "../../theme/code-theme.ts";
import { registerDocs } from "./docs/providers.ts";
import { grammar } from "./grammar.ts";
import { LANGUAGES } from "./languages.ts";

export type Monaco = typeof monaco;

let ready: Promise<Monaco> | null = null;

/** Monaco with our languages and themes; the same one at every call. */
export function loadMonaco(): Promise<Monaco> {
  ready ??= prepare();
  return ready;
}

function loadStyles(): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = stylesUrl;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error("The editor's styles did not load."));
    document.head.append(link);
  });
}

async function prepare(): Promise<Monaco> {
  await loadStyles();
  globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };
  for (const id of LANGUAGES) monaco.languages.register({ id });
  const highlighter = await createHighlighterCore({
    themes: [lightCodeTheme, darkCodeTheme],
    langs: [ruby, erb, yaml, html, css, sql].map(grammar),
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  shikiToMonaco(highlighter, monaco);
  registerDocs(monaco);
  return monaco;
}
