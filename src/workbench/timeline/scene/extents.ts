import type { PlacedBand } from "./bands.ts";
import type { LaneContent } from "./layout.ts";

/** Where a lane lies across, and where its bars do (px). */
export interface Extent {
  c0: number;
  c1: number;
  /** Of the first bar, and from each to the next. */
  barAt: number;
  /** Of the first job: below the requests in a process that answers some. */
  jobsAt: number;
  barSize: number;
  pitch: number;
}

interface Options {
  vertical: boolean;
  /** Room across the lanes in px; 0: as much as they need. */
  across: number;
}

export const BAR = 24;

/** Lanes side by side: as much as each needs, and a share of what is left. */
export function laneExtents(contents: LaneContent[], options: Options): Extent[] {
  let needs = contents.map((content) => (options.vertical ? needTurned : need)(content));
  if (!options.vertical && options.across > 0 && sum(needs) > options.across) {
    // Workers stay in sight in a low panel: of the bands, one transaction's find room.
    needs = contents.map((content) => need({ ...content, bands: ofOneTransaction(content) }));
  }
  const total = sum(needs);
  const rest = Math.max(0, options.across - total);
  const sharing = contents.filter((content) => !isStill(content)).length || 1;
  const least = options.vertical && total > options.across ? options.across / total : 1;
  let at = 0;
  return contents.map((content, index) => {
    const { size: needed, barAt, jobsAt = barAt, pitch } = needs[index] ?? need(content);
    const spare = isStill(content) ? 0 : Math.min(rest / sharing, options.vertical ? Infinity : 26);
    const size = needed * least + spare;
    const c0 = at;
    at += size;
    const centre = options.vertical ? 0 : spare / 2;
    const places = { barAt: c0 + barAt + centre, jobsAt: c0 + jobsAt + centre };
    return { c0, c1: at, ...places, barSize: BAR, pitch };
  });
}

const hasJobs = ({ jobs, crowd }: LaneContent) => jobs.length + crowd.length > 0;
/** With few jobs below each other there is room for their captions. */
const pitchOf = ({ crowd, slots }: LaneContent) =>
  BAR + (crowd.length === 0 && slots <= 3 ? 18 : 4);
const isThin = ({ lane }: LaneContent) => lane.kind === "dispatcher" || lane.kind === "scheduler";
const isStill = (content: LaneContent) => isThin(content) || content.quiet;

interface Need {
  size: number;
  barAt: number;
  jobsAt?: number;
  pitch: number;
}

/** Time to the right: room above and below the bars for brackets and notes. */
function need(content: LaneContent): Need {
  const { lane, slots, transactions, looks } = content;
  if (content.quiet && !isThin(content)) return { size: 38, barAt: 7, pitch: BAR };
  switch (lane.kind) {
    case "web":
    case "console": {
      // Without brackets no room is needed for their words: the workers below come into sight.
      if (!hasJobs(content)) {
        return transactions.length > 0
          ? { size: 70, barAt: 30, pitch: BAR }
          : { size: 42, barAt: 9, pitch: BAR };
      }
      const pitch = pitchOf(content);
      return { size: 76 + slots * pitch, barAt: 30, jobsAt: 68, pitch };
    }
    case "database":
      return { size: 16 + bandsIn(content) * (BAR + 4), barAt: 10, pitch: BAR + 4 };
    case "worker":
    case "queue": {
      const above = looks ? 26 : transactions.length > 0 ? 24 : 10;
      const pitch = pitchOf(content);
      return { size: above + Math.max(1, slots) * pitch + 6, barAt: above, pitch };
    }
    default:
      return { size: 26, barAt: 2, pitch: BAR };
  }
}

/** Time downwards: notes stand to the right of the bars. */
function needTurned(content: LaneContent): Need {
  const { lane, slots } = content;
  switch (lane.kind) {
    case "web":
    case "console":
      return hasJobs(content)
        ? { size: 96 + slots * (BAR + 8), barAt: 14, jobsAt: 46, pitch: BAR + 8 }
        : { size: 84, barAt: 14, pitch: BAR + 4 };
    case "database":
      return { size: 60 + bandsIn(content) * (BAR + 4), barAt: 10, pitch: BAR + 4 };
    case "worker":
    case "queue":
      return { size: 96 + slots * (BAR + 8), barAt: 12, pitch: BAR + 8 };
    default:
      return { size: 40, barAt: 8, pitch: BAR };
  }
}

const sum = (needs: Need[]) => needs.reduce((size, one) => size + one.size, 0);

/** The bands that lie as deep as those of one transaction do at most. */
function ofOneTransaction({ bands, transactions }: LaneContent): PlacedBand[] {
  const most = transactions.reduce((count, mark) => Math.max(count, mark.bands.length), 1);
  return bands.filter(({ slot }) => slot < most);
}

/** How many bands lie below each other: at least room for one. */
function bandsIn({ bands }: LaneContent): number {
  return bands.reduce((most, { slot }) => Math.max(most, slot + 1), 1);
}
