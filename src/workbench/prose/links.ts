import type { Bench, CodePlace } from "../session/bench.ts";
import "./prose.css";

const PLACE = /^([\w./@+-]+?)(?::(\d+)(?:-(\d+))?)?$/;

/** A place in the app that a code span names: `app/models/photo.rb:5`, `…:5-8`; null for other code. */
export function placeOf(text: string, paths: readonly string[]): CodePlace | null {
  const [, path = "", line, endLine] = PLACE.exec(text.trim()) ?? [];
  if (!paths.includes(path)) return null;
  return {
    path,
    line: line === undefined ? 1 : Number(line),
    ...(endLine !== undefined && { endLine: Number(endLine) }),
  };
}

/**
 * Makes the files that the lesson's text names lead into the editor, while the workbench runs:
 * code spans become buttons, code blocks with a file as their title get one.
 * @param root the lesson's text
 * @returns takes all of it away again
 */
export function linkProse(root: ParentNode, bench: Pick<Bench, "workspace" | "showInEditor">) {
  const undo: (() => void)[] = [];
  const button = (place: CodePlace) => {
    const element = document.createElement("button");
    element.type = "button";
    element.title = "Show in the editor";
    element.addEventListener("click", () => bench.showInEditor(place));
    return element;
  };

  for (const code of root.querySelectorAll("code")) {
    if (code.closest('pre, a, button, .workbench, [aria-hidden="true"]')) continue;
    const place = placeOf(code.textContent ?? "", bench.workspace.paths);
    if (!place) continue;
    const link = button(place);
    link.className = "code-link";
    code.replaceWith(link);
    link.append(code);
    undo.push(() => link.replaceWith(code));
  }

  for (const title of root.querySelectorAll("figure figcaption .title")) {
    const place = placeOf(title.textContent ?? "", bench.workspace.paths);
    if (!place) continue;
    const link = button(place);
    link.className = "show-in-editor";
    link.textContent = "Show in editor";
    link.setAttribute("aria-label", `Show in editor: ${place.path}`);
    title.after(link);
    undo.push(() => link.remove());
  }
  return () => {
    for (const step of undo) step();
  };
}
