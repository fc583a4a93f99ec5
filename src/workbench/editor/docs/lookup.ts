import { ACTIVE_JOB } from "./active-job.ts";
import type { DocEntry } from "./entry.ts";
import { RAILS_DOCS } from "./rails.ts";
import { scopeAt, type Scope } from "./scope.ts";
import { SOLID_QUEUE_DOCS } from "./solid-queue.ts";

export const DOCS: readonly DocEntry[] = [...ACTIVE_JOB, ...RAILS_DOCS, ...SOLID_QUEUE_DOCS];

const isYaml = (path: string) => path.endsWith(".yml");

/** What the editor explains in such a file: a key means what it means to the one who reads the file. */
function docsFor(path: string): readonly DocEntry[] {
  if (isYaml(path)) return DOCS.filter(({ place }) => path.endsWith(`/${place}`));
  return DOCS.filter(({ place }) => !isYaml(place));
}

/** The entry for a word in that file. */
export function docOf(word: string, path: string): DocEntry | null {
  return docsFor(path).find(({ name }) => name === word) ?? null;
}

/**
 * What may follow at the end of this text.
 * @param before the line up to the cursor
 * @param path the file's
 * @param above the lines before the cursor's
 */
export function completionsAfter(
  before: string,
  path: string,
  above: readonly string[],
): readonly DocEntry[] {
  const docs = docsFor(path);
  if (isYaml(path)) return /^[\s-]*\w*$/.test(before) ? docs : [];
  if (/(^|[^.])\.\w*[?!]?$/.test(before)) return docs.filter(({ place }) => place === "call");
  if (/["'#][^"']*$/.test(before) && !/["'][^"']*["']\s*\w*$/.test(before)) return [];
  const { method, owner } = scopeAt(above, before);
  const offered = OFFERED[owner ?? "other"];
  if (/^\s*def \w*$/.test(before)) return offered.includes("class") ? docs.filter(isPerform) : [];
  if (method)
    return offered.includes("job") && /(^\s*|\w)$/.test(before) ? docs.filter(of("job")) : [];
  if (!/^\s*\w*$/.test(before)) return [];
  return docs.filter(
    (entry) => !isPerform(entry) && !of("job")(entry) && offered.includes(entry.place),
  );
}

/** What has a meaning in a class of that kind, a call apart: a module may be mixed into a job or a record. */
const OFFERED: Record<NonNullable<Scope["owner"]>, readonly DocEntry["place"][]> = {
  job: ["class", "job"],
  record: ["record"],
  module: ["class", "job", "record"],
  other: [],
};

const of = (place: DocEntry["place"]) => (entry: DocEntry) => entry.place === place;
const isPerform = ({ name }: DocEntry) => name === "perform";

/** An entry as the Markdown that the editor shows. */
export function markdownOf({ text, url }: DocEntry): string {
  return `${text}\n\n[${linkText(url)}](${url})`;
}

function linkText(url: string): string {
  if (url.includes("solid_queue")) return "Solid Queue 1.1.0: README";
  return url.includes("guides.") ? "Rails 8.0: guide" : "Rails 8.0: API";
}
