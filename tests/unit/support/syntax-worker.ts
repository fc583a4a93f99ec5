/** Ruby's real parser, asked in this thread as `syntax/worker.ts` is asked in its own. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createSyntaxCheck } from "../../../src/workbench/editor/syntax/prism.ts";
import type { SyntaxQuestion } from "../../../src/workbench/editor/syntax/worker.ts";

const wasm = createRequire(import.meta.url).resolve("@ruby/prism/src/prism.wasm");
const check = readFile(wasm)
  .then((bytes) => WebAssembly.compile(bytes))
  .then(createSyntaxCheck);

export default class SyntaxWorker extends EventTarget {
  postMessage({ id, source, language }: SyntaxQuestion) {
    void check.then((ask) => {
      const data = { id, problems: ask(source, language) };
      this.dispatchEvent(new MessageEvent("message", { data }));
    });
  }
  terminate() {}
}
