/** Lists that would grow without end keep their newest items. */

/** Adds to the list itself. Cuts only now and then, so that a long list is not copied at every step. */
export function keepNewest<Item>(items: Item[], added: Item[], limit: number): Item[] {
  items.push(...added);
  return items.length > limit * 1.25 ? items.slice(-limit) : items;
}

/** The newest that have room together. */
export function keepSmall<Item>(
  items: Item[],
  room: number,
  sizeOf: (item: Item) => number,
): Item[] {
  let first = items.length;
  for (let left = room; first > 0; first--) {
    left -= sizeOf(items[first - 1] as Item);
    if (left < 0) break;
  }
  return first > 0 ? items.slice(first) : items;
}
