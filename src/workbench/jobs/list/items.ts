import type { FailureGroup } from "../../../sandbox/sandbox.ts";

/** A line of the list: the head of a group, or the row at a place of the whole list. */
export type Item = { group: FailureGroup } | { row: number };

/** The lines of the list without holding them: groups are few, rows may be many. */
export interface Items {
  length: number;
  at(index: number): Item;
  /** The line of the row at a place of the whole list. */
  indexOf(row: number): number;
}

export function createItems(total: number, groups: readonly FailureGroup[]): Items {
  if (groups.length === 0) return { length: total, at: (row) => ({ row }), indexOf: (row) => row };
  let line = 0;
  const heads = groups.map((group) => {
    const head = line;
    line += 1 + group.count;
    return { group, head };
  });
  return {
    length: line,
    at(index) {
      const place = heads.findLastIndex(({ head }) => head <= index);
      const found = heads[place];
      if (found && found.head === index) return { group: found.group };
      return { row: index - place - 1 };
    },
    indexOf(row) {
      const before = heads.filter(({ head }, place) => head - place <= row).length;
      return row + before;
    },
  };
}
