import { count, duration } from "../../format.ts";
import type { TimelineState } from "../model/types.ts";
import { momentInfo } from "../model/words.ts";
import { densityOf } from "./density.ts";
import { jobItem } from "./job-item.ts";
import { laneExtents, type Extent } from "./extents.ts";
import { contentsOf, type LaneContent } from "./layout.ts";
import { BREAK_PX, createScale, type Scale, type Window } from "./scale.ts";
import { bandItems } from "./bands.ts";
import { requestBars } from "./bars.ts";
import { bracketItem, isRuled, tintOf } from "./transaction-items.ts";
import { ticksOf } from "./ticks.ts";
import type { Scene } from "./types.ts";

export interface SceneOptions {
  window: Window;
  /** Room along time, in px. */
  length: number;
  /** Least room across the lanes, in px: lanes share what they do not need. 0: as much as they need. */
  across: number;
  vertical: boolean;
  /** Sandbox time now (ms): how far that which goes on is drawn. */
  now: number;
  /** From which the axis counts, where it is near (ms). */
  origin: number | null;
  /** The window is that of a run: what takes no part in it gives way where there is little room across. */
  ofRun: boolean;
}

/** Draws a window of the model as plain data. Pure: the same input gives the same scene. */
export function createScene(state: TimelineState, options: SceneOptions): Scene {
  const { window, length, vertical, now, origin } = options;
  const scale = createScale(window, state.breaks, length);
  const all = contentsOf(state, scale, now).filter(
    (content) => !vertical || isWide(content, state, scale),
  );
  const { contents, extents } = fitted(all, options);
  const scene: Scene = {
    length,
    across: extents.at(-1)?.c1 ?? 0,
    lanes: contents.map(({ lane, name, detail, left }, index) => ({
      lane,
      note: left > 0 ? `and ${count(left, "job")} more` : "",
      name,
      detail,
      ...edges(extents, index),
      startsAt: lane.from > scale.from && lane.from <= scale.until ? scale.at(lane.from) : null,
      endsAt: lane.until !== null && lane.until <= scale.until ? scale.at(lane.until) : null,
    })),
    ticks: ticksOf(scale, state.breaks, origin, vertical ? 56 : 84),
    breaks: scale.breaks.map((gap) => ({
      a: gap.at,
      size: Math.min(BREAK_PX, scale.at(gap.until) - gap.at),
      label: duration(gap.until - gap.from),
    })),
    tints: [],
    bars: requestBars(state, scale, contents, extents, now),
    bands: [],
    brackets: [],
    jobs: [],
    densities: [],
    moments: [],
    beats: [],
  };
  contents.forEach((content, index) => addLane(content, index));
  return scene;

  function addLane(content: LaneContent, index: number) {
    const extent = extents[index];
    if (!extent) return;
    const context = { state, scale, contents, extents, now, vertical };
    if (content.lane.kind === "database") {
      scene.bands.push(...bandItems(content, extent, context));
    } else {
      for (const mark of content.transactions) {
        scene.brackets.push(bracketItem(mark, content, extent, context));
        const tint = isRuled(mark, scale) ? tintOf(mark, context) : null;
        if (tint) scene.tints.push(tint);
      }
    }
    scene.jobs.push(...content.jobs.map((placed) => jobItem(placed, extent, context)));
    if (content.crowd.length > 0) scene.densities.push(densityOf(content, extent, scale, now));
    scene.beats.push(...beatsOf(content, extent, scale));
    for (const moment of state.moments) {
      if (
        moment.lane !== content.lane.id ||
        moment.time < scale.from ||
        moment.time > scale.until
      ) {
        continue;
      }
      const a = scale.at(moment.time);
      const box = { a0: a - 5, a1: a + 5, c0: extent.c0 + 2, c1: extent.c1 - 2 };
      scene.moments.push({
        ...box,
        a,
        kind: moment.kind,
        label: moment.text,
        info: momentInfo(moment),
      });
    }
  }
}

/** In a low panel an idle web process gives way to the workers below it. */
function fitted(contents: LaneContent[], options: SceneOptions) {
  const extents = laneExtents(contents, options);
  const { ofRun, vertical, across } = options;
  const fits = across === 0 || (extents.at(-1)?.c1 ?? 0) <= across;
  if (fits || vertical || !ofRun) return { contents, extents };
  const busy = contents.filter(({ lane, quiet }) => !(quiet && lane.kind === "web"));
  return { contents: busy, extents: laneExtents(busy, options) };
}

export interface SceneContext {
  state: TimelineState;
  scale: Scale;
  contents: LaneContent[];
  extents: Extent[];
  now: number;
  vertical: boolean;
}

/** On a phone there is room for lanes in which jobs or requests run. */
function isWide({ lane }: LaneContent, state: TimelineState, scale: Scale): boolean {
  if (lane.kind === "dispatcher") return false;
  if (lane.kind !== "scheduler") return true;
  return state.moments.some(
    ({ lane: id, time }) => id === lane.id && time >= scale.from && time <= scale.until,
  );
}

const edges = (extents: Extent[], index: number) => ({
  c0: extents[index]?.c0 ?? 0,
  c1: extents[index]?.c1 ?? 0,
});

/** Heartbeats as ticks, as long as they can be told apart. */
function beatsOf({ lane }: LaneContent, extent: Extent, scale: Scale) {
  const inside = lane.heartbeats.filter(
    (time) =>
      time >= scale.from &&
      time <= scale.until &&
      !scale.breaks.some((gap) => time > gap.from && time < gap.until),
  );
  if (inside.length === 0 || inside.length > scale.length / 6) return [];
  const isThin = lane.kind === "dispatcher" || lane.kind === "scheduler";
  const c = isThin ? (extent.c0 + extent.c1) / 2 : extent.c1 - 5;
  return inside.map((time) => ({ a: scale.at(time), c }));
}
