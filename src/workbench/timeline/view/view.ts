import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { latestRun } from "../model/runs.ts";
import { sentenceOf, type RunSentence } from "../model/sentence.ts";
import { createTimeline } from "../model/timeline.ts";
import type { Run, TimelineState } from "../model/types.ts";
import type { Window } from "../scene/scale.ts";
import { fitRun, liveWindow, pan, zoom } from "./window.ts";

/** What the window does by itself: shows all of the latest run, moves with time, or nothing. */
export type Follow = "run" | "live" | "none";

/** The model of a sandbox, and the window through which it is seen. */
export interface TimelineView {
  readonly state: TimelineState;
  /** Rises with each frame in which something changed. */
  readonly version: ReadonlySignal<number>;
  /** Sandbox time of the frame, in ms. */
  readonly now: ReadonlySignal<number>;
  readonly follow: Signal<Follow>;
  readonly window: ReadonlySignal<Window>;
  readonly run: ReadonlySignal<Run | null>;
  readonly sentence: ReadonlySignal<RunSentence>;
  zoom(factor: number, around?: number): void;
  /** Moves by a part of the window; later is positive. */
  pan(share: number): void;
  /** Draws only while it is seen. */
  setVisible(visible: boolean): void;
  dispose(): void;
}

interface Options {
  sandbox: Pick<Sandbox, "events" | "clock">;
  /** Calls back before the next frame; returns what cancels it. */
  nextFrame(callback: () => void): () => void;
}

const LIVE_MS = 10_000;

export function createView({ sandbox, nextFrame }: Options): TimelineView {
  const timeline = createTimeline();
  const { state } = timeline;
  const version = signal(0);
  const now = signal(sandbox.clock.now());
  const follow = signal<Follow>("run");
  const free = signal<Window>({ from: now.value - LIVE_MS, until: now.value });
  let liveLength = LIVE_MS;
  let visible = false;
  let cancelFrame: (() => void) | null = null;

  const run = computed(() => (version.value, latestRun(state)));
  // The model changes in place: a run is the same object while it goes on.
  const sentence = computed(() => (version.value, sentenceOf(state, run.value)));
  const window = computed(() => {
    if (follow.value === "run" && run.value) return fitRun(state, run.value, now.value);
    if (follow.value === "none") return free.value;
    return liveWindow(state, now.value, liveLength);
  });

  function draw() {
    cancelFrame = null;
    now.value = sandbox.clock.now();
    version.value++;
    if (isMoving()) request();
  }

  /** The picture changes by itself: time passes in it. */
  function isMoving(): boolean {
    if (follow.peek() === "live") return true;
    return follow.peek() === "run" && run.peek() !== null && isOpen(run.peek() as Run);
  }

  function request() {
    if (visible && !cancelFrame) cancelFrame = nextFrame(draw);
  }

  for (const event of sandbox.events.history()) timeline.add(event);
  const unsubscribe = sandbox.events.subscribe((event) => {
    timeline.add(event);
    request();
  });
  const stopFollowing = follow.subscribe(() => request());

  function hold(next: Window) {
    free.value = next;
    follow.value = "none";
    request();
  }

  return {
    state,
    version,
    now,
    follow,
    window,
    run,
    sentence,
    zoom(factor, around = 0.5) {
      if (follow.value === "live") {
        liveLength = Math.max(liveLength * factor, 50);
        request();
      } else hold(zoom(window.value, factor, around));
    },
    pan: (share) => hold(pan(window.value, share)),
    setVisible(seen) {
      visible = seen;
      if (seen) request();
    },
    dispose() {
      unsubscribe();
      stopFollowing();
      cancelFrame?.();
    },
  };
}

function isOpen(run: Run): boolean {
  return (
    (run.request !== null && run.request.until === null) ||
    run.transactions.some(({ until }) => until === null) ||
    run.jobs.some((job) => {
      const last = job.segments.at(-1);
      return last?.until === null && last.state !== "scheduled";
    })
  );
}
