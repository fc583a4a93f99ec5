import { count } from "../../format.ts";
import { spanOf } from "../model/jobs.ts";
import type { Extent } from "./extents.ts";
import type { LaneContent } from "./layout.ts";
import type { Scale } from "./scale.ts";
import type { DensityItem } from "./types.ts";

/** Width of a column, in px. */
const COLUMN = 4;

/** A lane with too many jobs to be told apart: how many ran in each column, and where some failed. */
export function densityOf(
  { crowd, lane }: LaneContent,
  extent: Extent,
  scale: Scale,
  now: number,
): DensityItem {
  const size = Math.max(1, Math.ceil(scale.length / COLUMN));
  const running = new Float64Array(size + 1);
  const failed = new Uint8Array(size);
  for (const job of crowd) {
    for (const segment of job.segments) {
      const isOutside = segment.from > scale.until || (segment.until ?? now) < scale.from;
      if (segment.state !== "running" || isOutside) continue;
      const first = clamp(scale.at(segment.from) / COLUMN, size);
      const last = clamp(scale.at(segment.until ?? now) / COLUMN, size);
      running[first] = (running[first] ?? 0) + 1;
      running[last + 1] = (running[last + 1] ?? 0) - 1;
    }
    const end = job.ends.at(-1);
    if (end?.kind === "failed" && end.time >= scale.from && end.time <= scale.until)
      failed[clamp(scale.at(end.time) / COLUMN, size)] = 1;
  }
  return {
    a0: 0,
    a1: scale.length,
    c0: extent.jobsAt + 6,
    c1: extent.c1 - 18,
    columns: columnsOf(running, failed, size),
    label: `${count(crowd.length, "job")}: zoom in to tell them apart`,
    info: {
      id: `crowd ${lane.id}`,
      time: Math.min(...crowd.slice(0, 1000).map((job) => spanOf(job).from)),
      lane: lane.id,
      title: count(crowd.length, "job"),
      lines: ["too many to be drawn one by one: zoom in"],
      activeJobId: null,
      location: null,
    },
  };
}

function columnsOf(
  running: Float64Array,
  failed: Uint8Array,
  size: number,
): DensityItem["columns"] {
  const counts: number[] = [];
  let sum = 0;
  for (let index = 0; index < size; index++) counts.push((sum += running[index] ?? 0));
  const most = Math.max(1, ...counts);
  return counts
    .map((number, index) => ({
      a: index * COLUMN,
      size: COLUMN - 1,
      share: number / most,
      failed: failed[index] === 1,
    }))
    .filter(({ share, failed: hasFailed }) => share > 0 || hasFailed);
}

const clamp = (index: number, size: number) => Math.min(Math.max(Math.floor(index), 0), size - 1);
