import type { SourceLocation } from "../../sandbox/sandbox.ts";

/** A piece of a line: plain, or the way to a line of the learner's files. */
export type Piece = string | { text: string; place: SourceLocation };

/** Ruby writes `app/x.rb:4`; the sandbox, of files that are no Ruby, `config/queue.yml, line 4`. */
const PLACE = /\b((?:app|config|lib|db|test)\/[\w./-]+\.\w+)(?::|, line )(\d+)/g;

/** Cuts a line at the places in the learner's files that it names. */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(PLACE)) {
    const [text, path = "", number] = match;
    // A gem's own app/ or lib/ is not the learner's.
    if (line[match.index - 1] === "/" && !line.slice(0, match.index).endsWith("/workspace/"))
      continue;
    if (match.index > at) pieces.push(line.slice(at, match.index));
    pieces.push({ text, place: { path, line: Number(number) } });
    at = match.index + text.length;
  }
  if (at < line.length || pieces.length === 0) pieces.push(line.slice(at));
  return pieces;
}
