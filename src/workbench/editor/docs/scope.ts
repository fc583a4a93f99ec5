/** Where in a Ruby file the cursor stands, as far as the lines above it tell by their indentation. */
export interface Scope {
  /** Inside a method's body. */
  method: boolean;
  /**
   * What is around it: a class is by its superclass `job`, `record` or `other`; a `module` may be mixed into any;
   * null outside of all.
   */
  owner: "job" | "record" | "other" | "module" | null;
}

const CLASS = /^\s*class\s+[\w:]+(?:\s*<\s*([\w:]+))?/;
const MODULE = /^\s*module\s+[\w:]+/;
const DEF = /^\s*def\s/;
/** A method on one line has its end there. */
const WHOLE = /\bend\s*$|^\s*def\s[^#]*\)?\s=\s/;

/**
 * Reads what encloses a line from the lines above it: each that opens something is indented less.
 * @param above the lines before the cursor's own
 * @param line the cursor's own, as far as the cursor
 */
export function scopeAt(above: readonly string[], line: string): Scope {
  let indent = indentOf(line);
  let method = false;
  for (const candidate of above.toReversed()) {
    if (candidate.trim() === "" || indentOf(candidate) >= indent) continue;
    indent = indentOf(candidate);
    if (DEF.test(candidate) && !WHOLE.test(candidate)) method = true;
    const [isClass, parent] = CLASS.exec(candidate) ?? [];
    if (isClass !== undefined) return { method, owner: ownerOf(parent ?? "") };
    if (MODULE.test(candidate)) return { method, owner: "module" };
  }
  return { method, owner: null };
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

function ownerOf(parent: string): Scope["owner"] {
  if (/Job$|^ActiveJob::Base$/.test(parent)) return "job";
  return /Record$|^ActiveRecord::Base$/.test(parent) ? "record" : "other";
}
