/** The worker that parses what the learner types. */
import wasmUrl from "@ruby/prism/src/prism.wasm?url";
import { createSyntaxCheck, type RubyLanguage } from "./prism.ts";

export interface SyntaxQuestion {
  id: number;
  source: string;
  language: RubyLanguage;
}

const check = WebAssembly.compileStreaming(fetch(wasmUrl)).then(createSyntaxCheck);

addEventListener("message", (event: MessageEvent<SyntaxQuestion>) => {
  const { id, source, language } = event.data;
  check
    .then((ask) => postMessage({ id, problems: ask(source, language) }))
    .catch(() => postMessage({ id, problems: null }));
});
