import type { SandboxEvent } from "../../../sandbox/events.ts";
import { HEAD, SIDE } from "../draw/frame.ts";
import { storyOf, type StoryLine } from "../model/story.ts";
import { latestRun } from "../model/runs.ts";
import { sentenceOf } from "../model/sentence.ts";
import { createTimeline } from "../model/timeline.ts";
import { createScene } from "../scene/scene.ts";
import type { Scene } from "../scene/types.ts";
import { fitRun } from "../view/window.ts";

export interface TimelineFigure {
  /** What it shows, as a sentence. */
  sentence: string;
  /** Time to the right, for a column of text; and turned, for a phone. */
  wide: Scene;
  tall: Scene;
  /** The same as a table; times in ms from the beginning of the run. */
  story: StoryLine[];
}

/** Widths in px of the two drawings. The same stand in TimelineFigure.astro. */
const WIDE = 548;
const TALL = 342;
const TALL_LENGTH = 360;

/** The latest run of some events as a figure: nothing of it needs a script in the page. */
export function timelineFigure(events: readonly SandboxEvent[]): TimelineFigure {
  const timeline = createTimeline();
  for (const event of events) timeline.add(event);
  const { state } = timeline;
  const run = latestRun(state);
  if (!run)
    throw new Error("A timeline needs a run: a request that writes, or a job that is enqueued.");
  const now = state.lastTime;
  // When a process was started is no part of the story.
  for (const lane of state.lanes.values()) lane.from = 0 - Number.MAX_SAFE_INTEGER;
  const shared = { window: fitRun(state, run, now), now, origin: run.from, ofRun: true };
  return {
    sentence: sentenceOf(state, run).text,
    wide: createScene(state, {
      ...shared,
      length: WIDE - HEAD.wide,
      across: 0,
      vertical: false,
    }),
    tall: createScene(state, {
      ...shared,
      length: TALL_LENGTH,
      across: TALL - SIDE.tall,
      vertical: true,
    }),
    story: storyOf(state, run).map((line) => ({ ...line, time: Math.round(line.time - run.from) })),
  };
}
