/** When a container that says nothing counts as dead. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Heartbeat } from "../../src/sandbox/webcontainer/heartbeat.ts";

const EVERY_MS = 1_000;
const ask = vi.fn();
const onDead = vi.fn();
let heartbeat: Heartbeat;

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  heartbeat = new Heartbeat(ask, onDead, { everyMs: EVERY_MS, unanswered: 3 });
  heartbeat.start();
});
afterEach(() => {
  heartbeat.stop();
  vi.useRealTimers();
});

test("is dead after so many questions without an answer, and is told once", () => {
  vi.advanceTimersByTime(3 * EVERY_MS);
  expect(ask).toHaveBeenCalledTimes(3);
  expect(onDead).not.toHaveBeenCalled();
  vi.advanceTimersByTime(EVERY_MS);
  expect(onDead).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(100 * EVERY_MS);
  expect(ask).toHaveBeenCalledTimes(3);
  expect(onDead).toHaveBeenCalledOnce();
});

test("lives as long as a word comes now and then", () => {
  for (let round = 0; round < 20; round++) {
    vi.advanceTimersByTime(3 * EVERY_MS);
    heartbeat.heard();
  }
  expect(onDead).not.toHaveBeenCalled();
});

test("outlives a page that slept: no question was asked in that time", () => {
  vi.advanceTimersByTime(2 * EVERY_MS);
  vi.setSystemTime(Date.now() + 3_600_000); // the clock goes on, the page's timers do not
  vi.advanceTimersByTime(EVERY_MS);
  expect(onDead).not.toHaveBeenCalled();
  heartbeat.heard();
  vi.advanceTimersByTime(3 * EVERY_MS);
  expect(onDead).not.toHaveBeenCalled();
});

test("asks no more once it is stopped", () => {
  heartbeat.stop();
  vi.advanceTimersByTime(100 * EVERY_MS);
  expect(ask).not.toHaveBeenCalled();
  expect(onDead).not.toHaveBeenCalled();
});
