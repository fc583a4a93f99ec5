import { WASI } from "@bjorn3/browser_wasi_shim";
import { parsePrism } from "@ruby/prism/src/parsePrism.js";
import { rubyOfErb } from "./erb.ts";
import { problemsOf, type SyntaxProblem } from "./problems.ts";

export type RubyLanguage = "ruby" | "erb";
export type SyntaxCheck = (source: string, language: RubyLanguage) => SyntaxProblem[];

/** The Ruby that runs in the sandbox, as Prism names versions. */
const VERSION = "3.3.0";

/** Ruby's own parser, Prism, over its compiled module. */
export async function createSyntaxCheck(module: WebAssembly.Module): Promise<SyntaxCheck> {
  const wasi = new WASI([], [], []);
  const instance = await WebAssembly.instantiate(module, {
    wasi_snapshot_preview1: wasi.wasiImport,
  });
  wasi.initialize(instance as Parameters<WASI["initialize"]>[0]);

  return (source, language) => {
    const isErb = language === "erb";
    const ruby = isErb ? rubyOfErb(source) : source;
    // A template is the body of a method: it may yield and return.
    const { errors, warnings } = parsePrism(instance.exports, ruby, {
      version: VERSION,
      partial_script: isErb,
    });
    return problemsOf(ruby, errors, isErb ? [] : warnings.filter(isForEveryone));
  };
}

/** Ruby prints the others only when it is asked to be verbose. */
function isForEveryone(warning: { level: string }): boolean {
  return warning.level === "warning_default";
}
