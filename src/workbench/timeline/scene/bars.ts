import { duration } from "../../format.ts";
import type { TimelineState } from "../model/types.ts";
import { requestInfo } from "../model/words.ts";
import type { Extent } from "./extents.ts";
import type { LaneContent } from "./layout.ts";
import type { Scale } from "./scale.ts";
import { fitting } from "./text.ts";
import type { BarItem } from "./types.ts";

/** The least length (px) of anything that lasted: else a short request would not be seen. */
export const LEAST = 3;

export function requestBars(
  state: TimelineState,
  scale: Scale,
  contents: LaneContent[],
  extents: Extent[],
  now: number,
): BarItem[] {
  const items: BarItem[] = [];
  for (const bar of state.requests.values()) {
    const extent = extents[contents.findIndex(({ lane }) => lane.id === bar.lane)];
    const until = bar.until ?? now;
    if (!extent || bar.from > scale.until || until < scale.from) continue;
    const a0 = scale.at(bar.from);
    const a1 = Math.max(scale.at(until), a0 + LEAST);
    const name = `${bar.method} ${bar.path}`;
    items.push({
      a0,
      a1,
      c0: extent.barAt,
      c1: extent.barAt + extent.barSize,
      label: fitting(
        Math.min(a1, scale.length) - Math.max(a0, 0),
        `${name}, ${duration(until - bar.from)}`,
        name,
        bar.method,
      ),
      failed: bar.status !== null && bar.status >= 500,
      torn: bar.torn,
      open: bar.until === null,
      info: requestInfo(bar),
    });
  }
  return items;
}
