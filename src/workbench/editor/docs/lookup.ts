import { ACTIVE_JOB } from "./active-job.ts";
import type { DocEntry } from "./entry.ts";
import { RAILS_DOCS } from "./rails.ts";
import { SOLID_QUEUE_DOCS } from "./solid-queue.ts";

export const DOCS: readonly DocEntry[] = [...ACTIVE_JOB, ...RAILS_DOCS, ...SOLID_QUEUE_DOCS];

/** What the editor explains in such a file. */
function docsFor(language: string): readonly DocEntry[] {
  return DOCS.filter(({ place }) => (place === "key") === (language === "yaml"));
}

/** The entry for a word in a file of this language. */
export function docOf(word: string, language: string): DocEntry | null {
  return docsFor(language).find(({ name }) => name === word) ?? null;
}

/**
 * What may follow at the end of this text.
 * @param before the line up to the cursor
 */
export function completionsAfter(before: string, language: string): readonly DocEntry[] {
  const docs = docsFor(language);
  if (language === "yaml") return /^[\s-]*\w*$/.test(before) ? docs : [];
  if (/(^|[^.])\.\w*[?!]?$/.test(before)) return docs.filter(({ place }) => place === "call");
  if (/^\s*def \w*$/.test(before)) return docs.filter(({ name }) => name === "perform");
  if (/["'#][^"']*$/.test(before) && !/["'][^"']*["']\s*\w*$/.test(before)) return [];
  if (/^\s*\w*$/.test(before)) {
    return docs.filter(({ place, name }) => place !== "call" && name !== "perform");
  }
  return /\w$/.test(before) ? docs.filter(({ place }) => place === "job") : [];
}

/** An entry as the Markdown that the editor shows. */
export function markdownOf({ text, url }: DocEntry): string {
  return `${text}\n\n[${linkText(url)}](${url})`;
}

function linkText(url: string): string {
  if (url.includes("solid_queue")) return "Solid Queue 1.1.0: README";
  return url.includes("guides.") ? "Rails 8.0: guide" : "Rails 8.0: API";
}
