/** In a lesson's text, the first mention of each term leads to the glossary and shows its meaning. */
import { termSpans, type TermSpan } from "../../course/term-spans.ts";
import "./glossary-terms.css";
import { siteHref } from "./site-links.ts";
import { TermCard } from "./term-card.ts";

const PROSE = ".sl-markdown-content :is(p, li, dd)";
// The title of an aside is hidden from screen readers (the aside has it as its name): no place for a link.
const NOT_IN =
  'a, code, pre, button, label, legend, figure, .workbench, .not-content, [aria-hidden="true"]';

const card = new TermCard();
const seen = new Set<string>();
for (const block of document.querySelectorAll(PROSE)) {
  for (const text of textsOf(block)) link(text, termSpans(text.data, seen));
}

function textsOf(block: Element): Text[] {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (!text.parentElement?.closest(NOT_IN)) texts.push(text);
  }
  return texts;
}

/** From the last span to the first, so that the places of those before stay true. */
function link(text: Text, spans: TermSpan[]): void {
  for (const { term, start, end } of spans.reverse()) {
    const words = text.splitText(start);
    words.splitText(end - start);
    const anchor = document.createElement("a");
    anchor.className = "term";
    anchor.href = siteHref(`/glossary/#${term.id}`);
    words.replaceWith(anchor);
    anchor.append(words);
    card.attach(anchor, term);
  }
}
