/** What is kept of endless events, log lines and mails. */
import { expect, test, vi } from "vitest";
import { SharedClock } from "../../src/sandbox/clock.ts";
import { Mailbox } from "../../src/sandbox/local/mailbox.ts";
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

/** A mailbox, and what sends it a mail with a text of this length. */
function mailbox() {
  const events = new EventStream();
  const box = new Mailbox(new SharedClock(), events);
  const sent = { from: [], to: ["ada@example.org"], subject: "", html: null, activeJobId: null };
  const deliver = (length: number) =>
    box.deliver({ pid: 7, name: "jobs-1" } as never, { ...sent, text: "x".repeat(length) });
  return { box, events, deliver };
}

test("the newest 1,000 mails are kept, and go on to be numbered as the events say", () => {
  const { box, events, deliver } = mailbox();
  deliver(1);
  const early = box.list();
  for (let index = 1; index < 1_500; index += 1) deliver(1);
  expect(box.list().map(({ id }) => id)).toEqual(Array.from({ length: 1_000 }, (_, n) => n + 501));
  expect(early.map(({ id }) => id)).toEqual([1]);
  expect(box.list().at(-1)).toMatchObject({ pid: 7, process: "jobs-1", to: ["ada@example.org"] });
  expect(events.history().at(-1)).toMatchObject({ type: "mail.delivered", mailId: 1_500 });
});

test("long mails push out more of the old ones, the newest is there however long", () => {
  const { box, deliver } = mailbox();
  const kept = () => box.list().map(({ id }) => id);
  for (let index = 0; index < 10; index += 1) deliver(6_000_000);
  expect(kept()).toEqual([8, 9, 10]);
  deliver(21_000_000);
  expect(kept()).toEqual([11]);
  deliver(1);
  expect(kept()).toEqual([12]);
});
