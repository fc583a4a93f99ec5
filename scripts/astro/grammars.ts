import type { Plugin } from "vite";

/** The languages that the editor colours (`src/workbench/editor/languages.ts`). */
const WANTED = ["ruby", "erb", "yaml", "html", "css", "sql"];

/**
 * Keeps grammars that only stand inside others (C++ in Ruby, TypeScript in HTML) out of what the
 * browser loads. The site's own code blocks are coloured while it is built, with all of them.
 */
export function grammars(): Plugin {
  return {
    name: "grammars",
    enforce: "pre",
    applyToEnvironment: (environment) => environment.name === "client",
    load(id) {
      const [, name = ""] = /@shikijs\/langs\/dist\/([\w-]+)\.mjs$/.exec(id) ?? [];
      return name === "" || WANTED.includes(name) ? null : "export default [];";
    },
  };
}
