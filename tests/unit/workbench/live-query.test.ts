import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { EventBody } from "../../../src/sandbox/events.ts";
import { createLiveQuery } from "../../../src/workbench/live/live-query.ts";
import { fakeEvents } from "../support/fake-sandbox.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const heartbeat = {
  type: "process.heartbeat",
  registeredId: 1,
  kind: "Worker",
  name: "w",
} as const;
const dispatched: EventBody = { type: "job.dispatched", jobIds: [1] };

test("a burst of events is answered by few questions, the last after the last event", async () => {
  const events = fakeEvents();
  const load = vi.fn(() => Promise.resolve(events.history().length));
  const query = createLiveQuery({ events, prefixes: ["job."], load });
  await vi.advanceTimersByTimeAsync(200);
  for (let i = 0; i < 100; i++) {
    events.emit(dispatched);
    await vi.advanceTimersByTimeAsync(5);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(query.data.value).toBe(100);
  expect(load.mock.calls.length).toBeLessThanOrEqual(6);
  query.dispose();
});

test("what an event announced too early is read once more", async () => {
  const events = fakeEvents();
  let state = "claimed";
  const query = createLiveQuery({ events, prefixes: ["job."], load: () => state });
  await vi.advanceTimersByTimeAsync(200);
  events.emit(dispatched);
  await vi.advanceTimersByTimeAsync(200);
  state = "finished";
  await vi.advanceTimersByTimeAsync(500);
  expect(query.data.value).toBe("finished");
  query.dispose();
});

test("other events ask nothing", async () => {
  const events = fakeEvents();
  const load = vi.fn(() => 1);
  const query = createLiveQuery({ events, prefixes: ["job."], load });
  await vi.advanceTimersByTimeAsync(1000);
  events.emit(heartbeat);
  await vi.advanceTimersByTimeAsync(1000);
  expect(load).toHaveBeenCalledTimes(1);
  query.dispose();
  expect(events.listeners()).toBe(0);
});

test("a failure is a sentence, and the next answer ends it", async () => {
  const events = fakeEvents();
  let broken = true;
  const load = () => (broken ? Promise.reject(new Error("no database")) : Promise.resolve(1));
  const query = createLiveQuery({ events, prefixes: ["job."], load });
  await vi.advanceTimersByTimeAsync(1);
  expect(query.error.value).toBe("no database.");
  broken = false;
  query.refresh();
  await vi.advanceTimersByTimeAsync(200);
  expect([query.error.value, query.data.value]).toEqual([null, 1]);
  query.dispose();
});
