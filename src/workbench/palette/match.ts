/**
 * How well a title fits what was typed: higher is better, null when it does not. Every word of the
 * query must stand in the title, at the beginning of a word or anywhere; else its letters, in order.
 */
export function score(query: string, title: string): number | null {
  const text = title.toLowerCase();
  const words = query.toLowerCase().trim().split(/\s+/).filter(Boolean);
  let total = 0;
  for (const word of words) {
    const points = scoreOfWord(word, text);
    if (points === null) return null;
    total += points;
  }
  return total - text.length / 1000;
}

function scoreOfWord(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return 4;
  if (at > 0 && /[^\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return 3;
  if (at > 0) return 2;
  return hasInOrder(word, text) ? 1 : null;
}

function hasInOrder(letters: string, text: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** The items that fit, the best first; those that fit alike keep their order. */
export function matching<T>(query: string, items: readonly T[], titleOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, points: score(query, titleOf(item)) }))
    .filter((entry): entry is { item: T; points: number } => entry.points !== null)
    .sort((a, b) => (query.trim() === "" ? 0 : b.points - a.points))
    .map(({ item }) => item);
}
