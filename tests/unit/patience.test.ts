/** Who is waited for before sandbox time jumps on, whatever the machine's clock says. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SharedClock } from "../../src/sandbox/clock.ts";
import { Patience } from "../../src/sandbox/local/patience.ts";
import { ProcessRecord } from "../../src/sandbox/local/process-record.ts";
import type { ProcessTable } from "../../src/sandbox/local/process-table.ts";

const nobody = {} as never;
const table = { onIdle: () => () => {} } as unknown as ProcessTable;

let clock: SharedClock;
let record: ProcessRecord;
let patience: Patience;

beforeEach(() => {
  vi.useFakeTimers();
  clock = new SharedClock();
  record = new ProcessRecord("jobs", { status: "running", pid: 1 } as never, nobody, nobody);
  patience = new Patience(table, clock);
});
afterEach(() => void vi.useRealTimers());

/** For how many seconds of the machine's time `untilQuiet` waits; `each` is what the process does every 100 ms. */
async function waited(each: () => void): Promise<number> {
  let over = false;
  void patience.untilQuiet([record]).then(() => (over = true));
  let tenths = 0;
  for (; !over && tenths < 1000; tenths += 1) {
    each();
    await vi.advanceTimersByTimeAsync(100);
  }
  return tenths / 10;
}

/** No other thread can sleep here: what `sleep` would say. */
function fallsAsleep(): void {
  Object.defineProperty(record.control, "idle", { value: true });
}

test("one that calls its host is waited for well beyond two seconds", async () => {
  let calls = 0;
  const each = () => {
    record.control.countCall();
    if (++calls === 80) fallsAsleep();
  };
  expect(await waited(each)).toBeGreaterThan(7);
});

test("one that computes in silence is given up, and not waited for again", async () => {
  expect(await waited(() => {})).toBeGreaterThan(9);
  clock.forward(60_000);
  expect(await waited(() => {})).toBeLessThan(0.5);
});

test("one that talks for ever is given up once nothing of it is overdue", async () => {
  record.control.setDue(Infinity);
  const talk = () => record.control.countCall();
  expect(await waited(talk)).toBeGreaterThan(9);
  record.control.setDue(clock.now() + 60_000);
  clock.forward(60_000);
  let tenths = 0;
  const talkAndTick = () => {
    talk();
    if (++tenths === 30) record.control.setDue(clock.now() + 900_000);
  };
  expect(await waited(talkAndTick)).toBeGreaterThan(2.5);
  expect(await waited(talk)).toBeLessThan(0.5);
});

test("one that talks for ever and never comes to what is overdue is given up in the end", async () => {
  record.control.setDue(clock.now());
  expect(await waited(() => record.control.countCall())).toBeLessThan(40);
});

test("one that sleeps is not waited for", async () => {
  fallsAsleep();
  expect(await waited(() => {})).toBeLessThan(0.5);
});
