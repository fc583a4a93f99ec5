/** What is kept of endless events and log lines. */
import { expect, test, vi } from "vitest";
import { EventStream, LogStream } from "../../src/sandbox/local/streams.ts";

const line = (text: string) =>
  ({ time: 0, pid: 1, process: "web", stream: "stdout", text }) as const;

test("the newest 100,000 lines are kept, and the others counted", () => {
  const logs = new LogStream();
  for (let batch = 0; batch < 300; batch += 1)
    logs.add(Array.from({ length: 500 }, (_, index) => line(String(batch * 500 + index))));
  const kept = logs.history();
  expect(kept.length).toBeGreaterThanOrEqual(100_000);
  expect(kept.length).toBeLessThanOrEqual(125_000);
  expect(logs.dropped() + kept.length).toBe(150_000);
  expect(kept[0]).toMatchObject({ seq: logs.dropped() + 1, text: String(logs.dropped()) });
  expect(kept.at(-1)).toMatchObject({ seq: 150_000, text: "149999" });
});

test("long lines push out more of the old ones", () => {
  const logs = new LogStream();
  const long = "x".repeat(60_000);
  for (let index = 0; index < 1_000; index += 1) logs.add([line(long)]);
  const characters = logs.history().reduce((sum, { text }) => sum + text.length, 0);
  expect(characters).toBeLessThanOrEqual(25_000_000);
  expect(characters).toBeGreaterThan(15_000_000);
  expect(logs.dropped() + logs.history().length).toBe(1_000);
});

test("the newest 20,000 events are kept, and nobody can number them but the stream", () => {
  const events = new EventStream();
  const heard = vi.fn();
  const stop = events.subscribe(heard);
  const source = { pid: 1, process: "web", time: 0 };
  for (let index = 0; index < 30_000; index += 1)
    events.add(source, { type: "clock.frozen", seq: 7, pid: 9 } as never);
  const kept = events.history();
  expect(kept.length).toBeGreaterThanOrEqual(20_000);
  expect(kept.length).toBeLessThanOrEqual(25_000);
  expect(kept.at(-1)).toEqual({ ...source, type: "clock.frozen", seq: 30_000 });
  stop();
  events.add(source, { type: "clock.frozen" });
  expect(heard).toHaveBeenCalledTimes(30_000);
});
