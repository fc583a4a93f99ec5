/**
 * The drawing as plain data, before it is turned into SVG. Places are in px: `a` runs along time, `c`
 * across the lanes, so that the same scene can be drawn with time to the right or downwards.
 */
import type { SourceLocation } from "../../../sandbox/sandbox.ts";
import type { JobEndKind, Lane, MomentKind, SegmentState } from "../model/types.ts";

/** What a mark says when it is pointed at or focused, and where it leads. */
export interface MarkInfo {
  /** Unique within the scene, and the same in the next. */
  id: string;
  /** For the order of the marks: sandbox time in ms. */
  time: number;
  lane: string;
  title: string;
  lines: string[];
  activeJobId: string | null;
  location: SourceLocation | null;
}

/** A mark's place, for pointing and for the outline of the focus. */
export interface Box {
  a0: number;
  a1: number;
  c0: number;
  c1: number;
}

export interface LaneBox {
  lane: Lane;
  c0: number;
  c1: number;
  name: string;
  detail: string;
  /** What is not drawn in it; empty where all is. */
  note: string;
  /** Where its process starts or ends inside the window. */
  startsAt: number | null;
  endsAt: number | null;
}

export interface BarItem extends Box {
  info: MarkInfo;
  label: string;
  /** The part behind the status, drawn as a mark: an error page. */
  failed: boolean;
  torn: boolean;
  /** It goes on. */
  open: boolean;
}

export interface BandItem extends Box {
  info: MarkInfo;
  /** Where it becomes visible to all, or is undone. */
  turnsAt: number;
  end: "committed" | "rolledBack" | null;
  /** Words inside, before and after it turns; empty where they do not fit. */
  before: string;
  after: string;
  /** The same line by line, to the right of the band where time runs down; empty where they do not fit. */
  beside: { before: string[]; after: string[] };
}

export interface BracketItem extends Box {
  info: MarkInfo;
  end: "committed" | "rolledBack" | null;
  torn: boolean;
  open: boolean;
  /** Its COMMIT goes through all lanes, and has a flag at the axis. */
  rule: boolean;
  /** Long enough for words; `roomy` where there is room for them beside the bars. */
  words: { begin: boolean; cause: string; open: string; roomy: boolean };
  savepoints: { a0: number; a1: number; rolledBack: boolean }[];
}

export interface SegmentItem {
  a0: number;
  a1: number;
  state: SegmentState;
  label: string;
  torn: boolean;
  open: boolean;
}

export interface MeasureItem {
  a0: number;
  a1: number;
  label: string;
  /** The arrows have room for the label between them. */
  fits: boolean;
}

export interface JobItem extends Box {
  info: MarkInfo;
  segments: SegmentItem[];
  ends: { a: number; kind: JobEndKind }[];
  /** Below the bar: why it failed. */
  caption: string;
  captionState: "failed" | "quiet";
  /** Its look at a row that only a transaction could see. */
  look: { a: number; toC: number; label: string } | null;
  measure: MeasureItem | null;
  thread: { a: number; fromC: number } | null;
}

/** Many jobs in little room: how many run in each column, and where some failed. */
export interface DensityItem extends Box {
  info: MarkInfo;
  columns: { a: number; size: number; share: number; failed: boolean }[];
  label: string;
}

export interface MomentItem extends Box {
  info: MarkInfo;
  a: number;
  kind: MomentKind;
  label: string;
}

export interface Scene {
  /** Size in px along time and across the lanes. */
  length: number;
  across: number;
  lanes: LaneBox[];
  ticks: { a: number; label: string }[];
  breaks: { a: number; size: number; label: string }[];
  tints: Box[];
  bars: BarItem[];
  bands: BandItem[];
  brackets: BracketItem[];
  jobs: JobItem[];
  densities: DensityItem[];
  moments: MomentItem[];
  beats: { a: number; c: number }[];
}
