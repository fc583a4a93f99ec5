/** The rows that transactions wrote, as bands in the database's lane. */
import { missOf } from "../model/misses.ts";
import { spanOfRun } from "../model/runs.ts";
import { rowsOf } from "../model/transactions.ts";
import type { RowBand, TimelineState, TransactionMark } from "../model/types.ts";
import { bandInfo } from "../model/words.ts";
import { LEAST } from "./bars.ts";
import type { Extent } from "./extents.ts";
import type { LaneContent } from "./layout.ts";
import type { Scale } from "./scale.ts";
import type { SceneContext } from "./scene.ts";
import { fitting, fittingLines } from "./text.ts";
import { isRuled } from "./transaction-items.ts";
import type { BandItem } from "./types.ts";

/** Bands below each other in the database's lane. */
const MOST_BANDS = 3;
/** From a band to the words beside it (px). */
export const BESIDE = 5;
/** Words may go so far (px) beyond their lane: the bars of the next begin behind that. */
const MARGIN = 8;
/** Rows that all can see are drawn so far behind the COMMIT at least (px): the words need it. */
const SEEN = 112;

export interface PlacedBand {
  mark: TransactionMark;
  band: RowBand;
  /** Along time (px): its beginning, its transaction's end, its own end. */
  a0: number;
  turnsAt: number;
  a1: number;
  /** Below how many others it lies. */
  slot: number;
}

/** Gives each band a place below those of the same time; those that find none are left out. */
export function placeBands(
  state: TimelineState,
  transactions: TransactionMark[],
  scale: Scale,
  now: number,
): PlacedBand[] {
  const pairs = transactions.flatMap((mark) => mark.bands.map((band) => ({ mark, band })));
  // What a job missed, and what was long, comes first: it must find a place.
  const weight = ({ mark }: { mark: TransactionMark }) =>
    isRuled(mark, scale) || mark.enqueued.some((job) => missOf(state, job)) ? 0 : 1;
  const inOrder = pairs.sort((a, b) => weight(a) - weight(b) || a.band.from - b.band.from);
  const placed: PlacedBand[] = [];
  for (const { mark, band } of inOrder) {
    const a0 = scale.at(band.from);
    const turnsAt = Math.max(scale.at(mark.until ?? now), a0 + LEAST);
    const runEnd = mark.run ? scale.at(spanOfRun(mark.run, now).until) : turnsAt;
    const a1 = mark.end === "committed" ? Math.max(runEnd, turnsAt + SEEN) : turnsAt;
    const slot = freeSlot(placed, a0, a1);
    if (slot !== null) placed.push({ mark, band, a0, turnsAt, a1, slot });
  }
  return placed;
}

function freeSlot(placed: PlacedBand[], a0: number, a1: number): number | null {
  for (let slot = 0; slot < MOST_BANDS; slot++) {
    const isFree = placed.every((other) => other.slot !== slot || other.a1 <= a0 || other.a0 >= a1);
    if (isFree) return slot;
  }
  return null;
}

/** Hatched while one process sees the rows, then solid. */
export function bandItems(
  { bands }: LaneContent,
  extent: Extent,
  { scale, contents, vertical }: SceneContext,
): BandItem[] {
  // Where there is little room the lane is squeezed: the bands stay in it.
  const fit = Math.floor((extent.c1 - extent.barAt) / extent.pitch);
  return bands
    .filter(({ slot }) => slot < Math.max(1, fit))
    .map(({ mark, band, a0, turnsAt, a1, slot }) => {
      const c0 = extent.barAt + slot * extent.pitch;
      const who = contents.find(({ lane }) => lane.id === mark.lane)?.name ?? "it";
      const rows = rowsOf(band);
      const what = { insert: "", update: ", changed", delete: ", deleted" }[band.operation];
      const room = vertical ? 0 : Math.min(turnsAt, scale.length) - Math.max(a0, 0);
      const seen = vertical ? 0 : Math.min(a1, scale.length) - turnsAt;
      const c1 = c0 + extent.barSize;
      const lines = (...texts: string[][]) =>
        vertical ? fittingLines(extent.c1 + MARGIN - c1 - BESIDE, ...texts) : [];
      return {
        ...{ a0, a1, c0, c1, turnsAt, end: mark.end },
        before: fitting(
          room,
          `${rows}${what}: only ${who} can see it`,
          `${rows}: only ${who}`,
          rows,
        ),
        after: fitting(seen, "all can see it", "all see it"),
        beside: {
          before: lines([`${rows}:`, `only ${who}`, "can see it"], ["only", who]),
          after: lines(["all can", "see it"], ["all", "see it"]),
        },
        info: bandInfo(band, mark, who),
      };
    });
}
