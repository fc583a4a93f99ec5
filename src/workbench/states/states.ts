/** The one vocabulary of states: a shape, a word and a colour each, in that order of weight. */
import type { JobState } from "../../sandbox/sandbox.ts";

/**
 * What a mark can say. `claimed` means taken by a worker, `running` that its code runs; `retried` is
 * an attempt that raised and will be made again; `discarded` was given up on purpose; `paused` is a queue's.
 */
export type State = JobState | "running" | "retried" | "discarded" | "paused";

/** Names of colours in tokens.css: `--failed`, `--failed-soft`. */
export type StateColour =
  "scheduled" | "ready" | "running" | "blocked" | "failed" | "finished" | "discarded" | "paused";

interface Appearance {
  word: string;
  colour: StateColour;
}

export const STATES: Record<State, Appearance> = {
  scheduled: { word: "scheduled", colour: "scheduled" },
  ready: { word: "ready", colour: "ready" },
  claimed: { word: "claimed", colour: "running" },
  running: { word: "running", colour: "running" },
  blocked: { word: "blocked", colour: "blocked" },
  failed: { word: "failed", colour: "failed" },
  retried: { word: "retried", colour: "failed" },
  finished: { word: "finished", colour: "finished" },
  discarded: { word: "discarded", colour: "discarded" },
  paused: { word: "paused", colour: "paused" },
};
