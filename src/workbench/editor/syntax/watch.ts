import type { Signal } from "@preact/signals";
import type { editor } from "monaco-editor/editor/editor.api.js";
import type { Monaco } from "../monaco.ts";
import { createSyntaxChecker } from "./checker.ts";
import type { SyntaxProblem } from "./problems.ts";
import SyntaxWorker from "./worker.ts?worker";

/** How long typing must pause before it is parsed, in ms. */
const PAUSE = 250;
const OWNER = "ruby";

/** Parses the file in sight while it changes: marks in the editor, and the list for the line below it. */
export function watchSyntax(
  monaco: Monaco,
  view: editor.IStandaloneCodeEditor,
  problems: Signal<readonly SyntaxProblem[] | null>,
): () => void {
  const checker = createSyntaxChecker(new SyntaxWorker());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  async function look() {
    const own = ++turn;
    const model = view.getModel();
    const language = model?.getLanguageId();
    if (!model || (language !== "ruby" && language !== "erb")) {
      problems.value = null;
      return;
    }
    const found = await checker.check(model.getValue(), language);
    if (own !== turn || model.isDisposed()) return;
    problems.value = found;
    monaco.editor.setModelMarkers(model, OWNER, (found ?? []).map(asMarker));
  }

  function asMarker(problem: SyntaxProblem): editor.IMarkerData {
    const { Error, Warning } = monaco.MarkerSeverity;
    return {
      message: problem.message,
      severity: problem.severity === "error" ? Error : Warning,
      startLineNumber: problem.line,
      startColumn: problem.column,
      endLineNumber: problem.endLine,
      endColumn: Math.max(problem.endColumn, problem.column + 1),
    };
  }

  const listeners = [
    view.onDidChangeModel(() => void look()),
    view.onDidChangeModelContent(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), PAUSE);
    }),
  ];
  void look();
  return () => {
    turn += 1;
    clearTimeout(timer);
    for (const listener of listeners) listener.dispose();
    checker.dispose();
  };
}
