import { duration } from "../../format.ts";
import { stateOf } from "../model/jobs.ts";
import { DATABASE_LANE } from "../model/lanes.ts";
import type { Miss } from "../model/misses.ts";
import type { JobBar, Segment } from "../model/types.ts";
import { jobInfo } from "../model/words.ts";
import { LEAST } from "./bars.ts";
import type { Extent } from "./extents.ts";
import type { PlacedJob } from "./layout.ts";
import type { SceneContext } from "./scene.ts";
import { cutText, fitting, widthOf } from "./text.ts";
import type { JobItem, MeasureItem, SegmentItem } from "./types.ts";

/** Half of a mark at the end of a bar, and the room beside it (px). */
const MARK = 20;

export function jobItem(placed: PlacedJob, extent: Extent, context: SceneContext): JobItem {
  const { job, slot, waits, miss } = placed;
  const { scale, state, now } = context;
  const c0 = extent.jobsAt + slot * extent.pitch;
  const shown = waits ? job.segments : job.segments.filter(({ lane }) => lane !== null);
  const segments = shown.map((segment) => segmentItem(job, segment, context));
  const ends = job.ends.map(({ time, kind }) => ({ a: scale.at(time), kind }));
  const a0 = segments[0]?.a0 ?? scale.at(now);
  const a1 = Math.max(segments.at(-1)?.a1 ?? a0, ends.at(-1)?.a ?? a0, a0 + LEAST);
  const captions = extent.pitch > extent.barSize + 10;
  const measure = miss && measureItem(miss, context);
  return {
    ...{ a0, a1, c0, c1: c0 + extent.barSize, segments, ends, measure },
    caption: captions ? captionOf(job, measure, scale.length - a0) : "",
    captionState: job.error ? "failed" : "quiet",
    look: miss && lookAt(miss, context),
    thread: waits ? threadOf(job, context) : null,
    info: jobInfo(state, job),
  };
}

function segmentItem(
  job: JobBar,
  segment: Segment,
  { scale, now, vertical }: SceneContext,
): SegmentItem {
  const { state, from, torn } = segment;
  const until = segment.until ?? now;
  const a0 = scale.at(from);
  const a1 = Math.max(scale.at(until), a0 + (state === "running" ? LEAST : 0));
  const room = vertical ? 0 : Math.min(a1, scale.length) - Math.max(a0, 0);
  return {
    a0,
    a1,
    state,
    torn,
    open: segment.until === null,
    label: labelOf(job, state, until - from, room),
  };
}

function labelOf(job: JobBar, state: Segment["state"], ms: number, room: number): string {
  const length = duration(ms);
  const name = job.className ?? "";
  switch (state) {
    case "running":
      return fitting(room - 14, `${name} runs ${length}`, `runs ${length}`, "runs");
    case "ready":
      return fitting(room, `waits ${length}`, "waits");
    case "scheduled":
      return fitting(room, `${name} is scheduled`, "scheduled");
    case "blocked":
      return fitting(room, `blocked by ${job.concurrencyKey ?? "a key"}`, "blocked");
    case "claimed":
      return fitting(room, `claimed ${length}`);
  }
}

/** How much too early: from the job's end to the COMMIT. */
function measureItem(miss: Miss, { scale, vertical }: SceneContext): MeasureItem | null {
  if (miss.kind !== "early" || miss.until === null) return null;
  const a0 = scale.at(miss.from) + MARK;
  const a1 = scale.at(miss.until);
  const label = `${duration(miss.until - miss.from)} too early`;
  const room = a1 - a0;
  return { a0, a1, label, fits: vertical ? room > 40 : room > widthOf(label) + 56 };
}

function lookAt(miss: Miss, { scale, contents, extents, vertical }: SceneContext): JobItem["look"] {
  const database = extents[contents.findIndex(({ lane }) => lane.id === DATABASE_LANE)];
  if (!database) return null;
  const word = miss.statement.operation.toUpperCase();
  const a = scale.at(miss.statement.time);
  const toC = vertical
    ? database.barAt + database.barSize + 2
    : database.barAt + database.barSize + 4;
  return { a, toC, label: `${word}: 0 rows` };
}

/** From the lane that enqueued it. */
function threadOf(job: JobBar, { scale, contents, extents }: SceneContext): JobItem["thread"] {
  const origin = extents[contents.findIndex(({ lane }) => lane.id === job.originLane)];
  if (!origin || job.enqueuedAt === null) return null;
  const a = scale.at(job.enqueuedAt);
  if (a < 0 || a > scale.length) return null;
  return { a, fromC: origin.barAt + origin.barSize };
}

/** Below the bar: what became of it, or whose bar it is where that does not fit in. */
function captionOf(job: JobBar, measure: MeasureItem | null, room: number): string {
  const tooEarly = measure && !measure.fits ? `${measure.label}, ` : "";
  const state = stateOf(job);
  if (state === "lost") return "lost with its process";
  if (state === "left") return "claimed by a dead process";
  const why = job.error ? `: ${job.error.message.split("\n")[0] ?? ""}` : "";
  const isEnd = state === "failed" || state === "retried" || state === "discarded";
  const text = isEnd ? `${tooEarly}${state}${why}` : `${tooEarly}${job.className ?? ""}`;
  return cutText(text, Math.min(Math.max(room, 90), 300));
}
