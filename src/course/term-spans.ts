import { GLOSSARY, type Term } from "./glossary.ts";

/** Where a term stands in a text: from `start` up to `end`. */
export interface TermSpan {
  term: Term;
  start: number;
  end: number;
}

const BY_FORM = new Map(
  GLOSSARY.flatMap((term) => [term.term, ...term.forms].map((form) => [form.toLowerCase(), term])),
);
/** Longer forms first, so that "ready execution" is not taken for "execution". */
const FORMS = [...BY_FORM.keys()].sort((a, b) => b.length - a.length);
/** The name Solid Queue holds no term. */
const ANY = new RegExp(`(?<![\\w-]|Solid )(?:${FORMS.join("|")})(?![\\w-])`, "gi");

/**
 * The terms of the glossary in a text, each once.
 * @param seen ids of terms that were found before; those found now are added
 */
export function termSpans(text: string, seen: Set<string>): TermSpan[] {
  const spans: TermSpan[] = [];
  for (const match of text.matchAll(ANY)) {
    const term = BY_FORM.get(match[0].toLowerCase());
    if (!term || seen.has(term.id)) continue;
    seen.add(term.id);
    spans.push({ term, start: match.index, end: match.index + match[0].length });
  }
  return spans;
}
