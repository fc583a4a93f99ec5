import type { languages } from "monaco-editor/editor/editor.api.js";
import type { Monaco } from "../monaco.ts";
import type { DocEntry } from "./entry.ts";
import { completionsAfter, docOf, markdownOf } from "./lookup.ts";

const LANGUAGES = ["ruby", "yaml"];

/** Teaches Monaco our texts on Active Job and Solid Queue: completion and hover. */
export function registerDocs(monaco: Monaco): void {
  for (const language of LANGUAGES) {
    monaco.languages.registerCompletionItemProvider(language, {
      triggerCharacters: ["."],
      provideCompletionItems(model, position) {
        const line = model.getLineContent(position.lineNumber);
        const word = model.getWordUntilPosition(position);
        const { lineNumber } = position;
        const range = new monaco.Range(lineNumber, word.startColumn, lineNumber, word.endColumn);
        const above = model.getLinesContent().slice(0, lineNumber - 1);
        const entries = completionsAfter(line.slice(0, position.column - 1), model.uri.path, above);
        return { suggestions: entries.map((entry) => suggestion(monaco, entry, range)) };
      },
    });
    monaco.languages.registerHoverProvider(language, {
      provideHover(model, position) {
        const word = model.getWordAtPosition(position)?.word;
        const entry = word === undefined ? null : docOf(word, model.uri.path);
        if (!entry) return null;
        const code = `\`\`\`${language}\n${entry.signature}\n\`\`\``;
        return { contents: [{ value: code }, { value: markdownOf(entry) }] };
      },
    });
  }
}

function suggestion(
  monaco: Monaco,
  entry: DocEntry,
  range: languages.CompletionItem["range"],
): languages.CompletionItem {
  const { Method, Property } = monaco.languages.CompletionItemKind;
  return {
    label: entry.name,
    kind: entry.place.endsWith(".yml") ? Property : Method,
    detail: entry.signature,
    documentation: { value: markdownOf(entry) },
    insertText: entry.insert ?? entry.name,
    insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
    range,
  };
}
