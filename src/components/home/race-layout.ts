/** Where things stand in the picture of a race, in the picture's own units, which are px at its full width. */
import type { Run } from "../../workbench/race/run.ts";
import { foundInTime, missedPhoto } from "./race.ts";

/** A picture that is drawn for a width. */
export interface Frame {
  name: "wide" | "narrow";
  width: number;
  /** Left edge of time zero: what is left of it names the lanes. */
  left: number;
}

export const WIDE: Frame = { name: "wide", width: 716, left: 86 };
export const NARROW: Frame = { name: "narrow", width: 350, left: 64 };

/** Baselines of the words in the lanes. */
const LANES = { web: 62.5, worker: 109.5 };
/** Half a state's icon, and the room that stays free at the right. */
const ICON = 13;
const MARGIN = 6;
export const BADGE = 84;

/** What a run's words take, by the font they are set in: px for a character, measured and rounded up. */
const VERDICT_FONT = 6.6;
const BAR_FONT = 6.9;
const QUIET_FONT = 5.9;
const CODE_FONT = 7.85;

export interface Layout {
  enqueued: number;
  started: number;
  ended: number;
  commit: number;
  responded: number;
  /** Left edge of the word COMMIT, which gives way to the callback's name. */
  badge: number;
  /** Words on the bars; empty where they have no room. */
  request: string;
  waits: string;
  runs: string;
  /** What stands in the worker's lane before COMMIT while there is no job. */
  nothing: string;
  verdict: { text: string; x: number; y: number } | null;
  /** Right edge of all that is drawn. */
  right: number;
}

/** Units for a ms: as many as let all the runs fit into the frame, however long they took. */
export function scaleOf(runs: readonly Run[], frame: Frame): number {
  const fits = (perMs: number) =>
    runs.every((run) => layOut(run, frame, perMs).right <= frame.width - MARGIN);
  const longest = Math.max(
    1,
    ...runs.map(({ endedAt, respondedAt }) => Math.max(endedAt, respondedAt)),
  );
  let perMs = (frame.width - frame.left) / longest;
  // What has a fixed width, such as a word, takes less of it the less a ms takes.
  for (let tries = 0; tries < 500 && !fits(perMs); tries += 1) perMs *= 0.99;
  return perMs;
}

export function layOut(run: Run, frame: Frame, perMs: number): Layout {
  const at = (ms: number) => Math.round((frame.left + Math.max(0, ms) * perMs) * 10) / 10;
  const enqueued = at(run.enqueuedAt);
  // Two processes tell their times: a job may seem to start a moment before it was enqueued.
  const started = Math.max(enqueued, at(run.startedAt));
  const ended = Math.max(started, at(run.endedAt));
  const commit = at(run.committedAt);
  const responded = Math.max(commit, at(run.respondedAt));
  const badge = Math.max(commit - 1, 16 + run.callback.length * CODE_FONT + 8);
  const verdict = verdictOf(run, frame, { ended, commit, responded });
  const noJob = enqueued >= commit;
  return {
    ...{ enqueued, started, ended, commit, responded, badge, verdict },
    request: fitting(
      frame.name === "wide" ? ["POST /photos", "POST"] : ["POST"],
      BAR_FONT,
      responded - frame.left - 24,
    ),
    waits: fitting(["waits"], QUIET_FONT, started - enqueued - 14),
    runs: fitting(["runs"], BAR_FONT, ended - started - ICON - 18),
    nothing: noJob ? fitting(NOTHING, QUIET_FONT, commit - frame.left - 12) : "",
    right: Math.max(
      ended + ICON,
      responded,
      badge + BADGE,
      verdict ? verdict.x + verdict.text.length * VERDICT_FONT : 0,
    ),
  };
}

const NOTHING = ["no job yet, so nothing to run", "no job yet"];

/** The first of the texts that has room; the longest comes first. */
function fitting(texts: readonly string[], font: number, room: number): string {
  return texts.find((text) => text.length * font <= room) ?? "";
}

type Edges = Pick<Layout, "ended" | "commit" | "responded">;

/** What is to be said of a run in the picture itself; null where its mark says it. */
function verdictOf(run: Run, { name }: Frame, { ended, commit, responded }: Edges) {
  const wide = name === "wide";
  if (foundInTime(run)) {
    const text = wide ? "Found the photo this time" : "found it";
    return { text, x: responded + 12, y: LANES.web };
  }
  if (run.end === "finished") return null;
  const [long, short] = missedPhoto(run)
    ? (["No photo yet: the job fails", "no photo"] as const)
    : (["The job fails", "it fails"] as const);
  const text = wide ? long : short;
  const beside = ended + ICON + 5;
  const crosses = ended < commit && beside + text.length * VERDICT_FONT > commit - 4;
  return { text, x: wide || crosses ? Math.max(commit + 14, beside) : beside, y: LANES.worker };
}
