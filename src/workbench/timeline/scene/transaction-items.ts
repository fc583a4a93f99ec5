import { duration } from "../../format.ts";
import { DATABASE_LANE } from "../model/lanes.ts";
import { missOf } from "../model/misses.ts";
import { spanOfRun } from "../model/runs.ts";
import { rowsOf } from "../model/transactions.ts";
import type { TransactionMark } from "../model/types.ts";
import { bandInfo, transactionInfo } from "../model/words.ts";
import { LEAST } from "./bars.ts";
import { MOST_BANDS, type Extent } from "./extents.ts";
import type { LaneContent } from "./layout.ts";
import type { Scale } from "./scale.ts";
import type { SceneContext } from "./scene.ts";
import { fitting, widthOf } from "./text.ts";
import type { BandItem, Box, BracketItem } from "./types.ts";

/** A transaction is told in words when it is so long (px). */
const WORDY = 64;
/** Rows that all can see are drawn so far behind the COMMIT at least (px): the words need it. */
const SEEN = 112;

/** Its end goes through all lanes when a job hangs on it, or when it was long. */
export function isRuled(mark: TransactionMark, scale: Scale): boolean {
  const px = scale.at(mark.until ?? scale.until) - scale.at(mark.from);
  return px > 40 || (mark.enqueued.length > 0 && px > 6);
}

export function bracketItem(
  mark: TransactionMark,
  content: LaneContent,
  extent: Extent,
  context: SceneContext,
): BracketItem {
  const { scale, now } = context;
  const a0 = scale.at(mark.from);
  const a1 = Math.max(scale.at(mark.until ?? now), a0 + LEAST);
  const px = a1 - a0;
  const isWorker = content.lane.kind === "worker";
  const open = duration((mark.until ?? now) - mark.from);
  const begin = px >= WORDY;
  const room = Math.min(a1, scale.length) - Math.max(a0, 0) - (begin ? 56 : 0);
  const words = fitting(room, `transaction open, ${open}`, open);
  return {
    a0,
    a1,
    c0: extent.c0 + (isWorker ? 3 : 7),
    c1:
      isWorker || extent.jobsAt > extent.barAt ? extent.barAt + extent.barSize + 3 : extent.c1 - 8,
    end: mark.end,
    torn: mark.torn,
    open: mark.until === null,
    rule: isRuled(mark, scale),
    words: {
      begin,
      roomy: !isWorker,
      open: begin ? words : "",
      cause: begin ? causeOf(mark, room - widthOf(words) - 16) : "",
    },
    savepoints: mark.savepoints.map(({ from, until, rolledBack }) => ({
      a0: scale.at(from),
      a1: scale.at(until ?? now),
      rolledBack,
    })),
    info: transactionInfo(mark),
  };
}

/** Who called perform_later within it. */
function causeOf({ enqueued }: TransactionMark, room: number): string {
  if (enqueued.length === 0) return "";
  const times = enqueued.length === 1 ? "" : ` ${enqueued.length} times`;
  return fitting(room, `calls perform_later${times}`, "perform_later");
}

/** The time in which others cannot see what it wrote, over the lanes below the database. */
export function tintOf(
  mark: TransactionMark,
  { scale, now, contents, extents }: SceneContext,
): Box | null {
  const own = contents.findIndex(({ lane }) => lane.id === DATABASE_LANE);
  const top = extents[own];
  const bottom = extents.at(-1);
  if (!top || !bottom || mark.bands.length === 0) return null;
  return { a0: scale.at(mark.from), a1: scale.at(mark.until ?? now), c0: top.c0, c1: bottom.c1 };
}

/** The rows that transactions wrote: hatched while one process sees them, then solid. */
export function bandItems(
  transactions: TransactionMark[],
  extent: Extent,
  { scale, state, now, contents, vertical }: SceneContext,
): BandItem[] {
  const items: BandItem[] = [];
  const pairs = transactions.flatMap((mark) => mark.bands.map((band) => ({ mark, band })));
  // What a job missed, and what was long, comes first: it must find a place.
  const weight = ({ mark }: { mark: TransactionMark }) =>
    isRuled(mark, scale) || mark.enqueued.some((job) => missOf(state, job)) ? 0 : 1;
  const inOrder = pairs.sort((a, b) => weight(a) - weight(b) || a.band.from - b.band.from);
  const taken: { slot: number; a0: number; a1: number }[] = [];
  // On a phone the lanes may be squeezed: the bands stay in theirs.
  const fit = Math.max(1, Math.floor((extent.c1 - extent.barAt) / extent.pitch));
  const slots = vertical ? Math.min(fit, MOST_BANDS) : MOST_BANDS;
  for (const { mark, band } of inOrder) {
    const a0 = scale.at(band.from);
    const turnsAt = Math.max(scale.at(mark.until ?? now), a0 + LEAST);
    const runEnd = mark.run ? scale.at(spanOfRun(mark.run, now).until) : turnsAt;
    const a1 = mark.end === "committed" ? Math.max(runEnd, turnsAt + SEEN) : turnsAt;
    const slot = freeSlot(taken, a0, a1, slots);
    if (slot === null) continue;
    taken.push({ slot, a0, a1 });
    const c0 = extent.barAt + slot * extent.pitch;
    const lane = contents.find((content) => content.lane.id === mark.lane);
    const who = lane?.name ?? "it";
    const rows = rowsOf(band);
    const what = { insert: "", update: ", changed", delete: ", deleted" }[band.operation];
    const room = vertical ? 0 : Math.min(turnsAt, scale.length) - Math.max(a0, 0);
    items.push({
      ...{ a0, a1, c0, c1: c0 + extent.barSize, turnsAt, end: mark.end, rows, who },
      before: fitting(room, `${rows}${what}: only ${who} can see it`, `${rows}: only ${who}`, rows),
      after: vertical
        ? ""
        : fitting(Math.min(a1, scale.length) - turnsAt, "all can see it", "all see it"),
      info: bandInfo(band, mark, who),
    });
  }
  return items;
}

function freeSlot(
  taken: { slot: number; a0: number; a1: number }[],
  a0: number,
  a1: number,
  slots: number,
): number | null {
  for (let slot = 0; slot < slots; slot++) {
    const isFree = taken.every((other) => other.slot !== slot || other.a1 <= a0 || other.a0 >= a1);
    if (isFree) return slot;
  }
  return null;
}
