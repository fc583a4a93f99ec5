import { duration } from "../../format.ts";
import { DATABASE_LANE } from "../model/lanes.ts";
import type { TransactionMark } from "../model/types.ts";
import { transactionInfo } from "../model/words.ts";
import { LEAST } from "./bars.ts";
import type { Extent } from "./extents.ts";
import type { LaneContent } from "./layout.ts";
import type { Scale } from "./scale.ts";
import type { SceneContext } from "./scene.ts";
import { fitting, widthOf } from "./text.ts";
import type { Box, BracketItem } from "./types.ts";

/** A transaction is told in words when it is so long (px). */
const WORDY = 64;

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
