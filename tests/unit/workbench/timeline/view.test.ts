/** The window on the model, while events arrive. */
import { expect, test } from "vitest";
import type { SandboxEvent } from "../../../../src/sandbox/events.ts";
import { createView } from "../../../../src/workbench/timeline/view/view.ts";
import { recording } from "./recording.ts";

/** A view whose frames and clock a test moves. */
function viewOf(history: SandboxEvent[]) {
  let listener: ((event: SandboxEvent) => void) | null = null;
  let frame: (() => void) | null = null;
  let now = history.at(-1)?.time ?? 0;
  const view = createView({
    sandbox: {
      events: {
        history: () => history,
        subscribe(added) {
          listener = added;
          return () => (listener = null);
        },
      },
      clock: {
        now: () => now,
        offset: () => 0,
        advance: () => Promise.resolve(),
        nextDue: () => Promise.resolve(null),
        frozen: () => false,
        freeze: () => {},
        unfreeze: () => {},
      },
    },
    nextFrame(callback) {
      frame = callback;
      return () => (frame = null);
    },
  });
  view.setVisible(true);
  return {
    view,
    isListening: () => listener !== null,
    isDrawing: () => frame !== null,
    emit(event: SandboxEvent) {
      now = Math.max(now, event.time);
      listener?.(event);
    },
    draw() {
      const due = frame;
      frame = null;
      due?.();
    },
  };
}

const events = recording("race");
const begins = events.findIndex(({ type }) => type === "request.started");

test("the sentence follows a run while it goes on, and the window grows with it", () => {
  const { view, emit, draw, isDrawing } = viewOf(events.slice(0, begins));
  const said = new Set<string>();
  const lengths: number[] = [];
  for (const event of events.slice(begins)) {
    emit(event);
    draw();
    said.add(view.sentence.value.text);
    lengths.push(view.window.value.until - view.window.value.from);
  }
  expect([...said].at(-1)).toMatch(/^The job ran \d+ ms before the photo was committed\.$/);
  expect([...said]).toContain("The job ran, and the photo is still not committed.");
  // Before there is a run, ten seconds are shown.
  const ofRun = lengths.filter((length) => length < 10_000);
  expect(ofRun.at(-1)).toBeGreaterThan(ofRun[0] ?? Infinity);
  draw();
  expect(isDrawing()).toBe(false);
});

test("panning and zooming hold the window; new events do not move it", () => {
  const { view, emit, draw } = viewOf(events.slice(0, -1));
  const before = view.window.value;
  view.pan(-0.5);
  const moved = view.window.value;
  expect(view.follow.value).toBe("none");
  expect(moved.from).toBeCloseTo(before.from - (before.until - before.from) / 2);
  for (const event of events.slice(-1)) emit(event);
  draw();
  expect(view.window.value).toEqual(moved);
  view.zoom(0.5, 1);
  expect(view.window.value.until).toBeCloseTo(moved.until);
  view.follow.value = "run";
  expect(view.window.value.from).toBeLessThan(before.until);
});

test("nothing is drawn while it is not seen, and nothing is left when it ends", () => {
  const { view, draw, isDrawing, isListening } = viewOf(events);
  draw();
  view.setVisible(false);
  view.follow.value = "live";
  expect(isDrawing()).toBe(false);
  view.setVisible(true);
  expect(isDrawing()).toBe(true);
  view.dispose();
  expect([isDrawing(), isListening()]).toEqual([false, false]);
});
