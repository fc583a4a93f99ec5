/** How far the clock jumps at once, so that whoever lives has told of its life in time. */
import { expect, test } from "vitest";
import { SharedClock } from "../../src/sandbox/clock.ts";
import { advanceClock } from "../../src/sandbox/local/advance.ts";
import { ProcessRecord } from "../../src/sandbox/local/process-record.ts";
import type { ProcessTable } from "../../src/sandbox/local/process-table.ts";

const SECOND = 1000;
const ALIVE_THRESHOLD = 300 * SECOND;
const HEARTBEAT = 60 * SECOND;
const nobody = {} as never;
const asleepForEver = { dueAt: Infinity, timerAt: Infinity };

const always = { aliveThreshold: ALIVE_THRESHOLD, asking: undefined, onJump: () => {} };

function sleeper(pid: number): ProcessRecord {
  const info = { kind: "jobs", status: "running", pid } as never;
  const record = new ProcessRecord("jobs", info, nobody, nobody);
  setIdle(record, true);
  setTimes(record, asleepForEver);
  return record;
}

function setIdle(record: ProcessRecord, idle: boolean): void {
  Object.defineProperty(record.control, "idle", { value: idle, configurable: true });
}

function setTimes(record: ProcessRecord, times: { dueAt: number; timerAt: number }): void {
  record.control.sleep(0, times, () => {});
}

/** Two jobs processes that sleep, and tell of their lives whenever they are woken and it is time to. */
function asleep(clock: SharedClock, lastHeartbeats: [number, number]) {
  const records = lastHeartbeats.map((_, index) => sleeper(101 + index));
  const oldest: number[] = [];
  /** Asked after each jump, when all sleep again. */
  const outlook = () => {
    oldest.push(clock.now() - Math.min(...lastHeartbeats));
    for (const [index, at] of lastHeartbeats.entries())
      if (clock.now() - at >= HEARTBEAT) lastHeartbeats[index] = clock.now();
    return Promise.resolve({ work: 0, nextAt: Infinity });
  };
  const rows = () =>
    lastHeartbeats.map((lastHeartbeatAt, index) => ({ pid: 101 + index, lastHeartbeatAt }));
  const registered = () => Promise.resolve(rows());
  const processes = { alive: () => records, onIdle: () => () => {} } as unknown as ProcessTable;
  return { processes, outlook, registered, oldest };
}

test.each([0, 30, 59, 59.99])(
  "a heartbeat that is %s s old never comes near the age at which its process counts as dead",
  async (age) => {
    const clock = new SharedClock();
    clock.freeze();
    const start = clock.now();
    const { oldest, ...parts } = asleep(clock, [start, start - age * SECOND]);
    await advanceClock({ ...always, ...parts, clock }, 3600 * SECOND);
    expect(clock.now() - start).toBeCloseTo(3600 * SECOND, 0);
    expect(Math.max(...oldest)).toBeLessThanOrEqual(0.8 * ALIVE_THRESHOLD + 1);
    // 15 times 240 s; after each a jump of 1 ms, where fractions of a millisecond made it fall short of its moment.
    expect(oldest.length).toBeLessThan(40);
  },
);

/**
 * A process whose time has come while it was looked at. It has not woken yet, as on a busy machine, or it works
 * (`idle`: false); 20 ms later all is done.
 */
function behind(clock: SharedClock, wakesFor: "timerAt" | "dueAt", work: number, idle: boolean) {
  const record = sleeper(101);
  const done = { at: 0 };
  const outlook = () => {
    if (done.at > 0) return Promise.resolve({ work: 0, nextAt: Infinity });
    setTimes(record, { ...asleepForEver, [wakesFor]: clock.now() - 1 });
    setIdle(record, idle);
    setTimeout(() => {
      done.at ||= clock.now();
      setTimes(record, asleepForEver);
      setIdle(record, true);
    }, 20);
    return Promise.resolve({ work, nextAt: Infinity });
  };
  const processes = { alive: () => [record], onIdle: () => () => {} } as unknown as ProcessTable;
  return { processes, outlook, registered: () => Promise.resolve([]), done };
}

test.each([
  { what: "is about to poll for work", wakesFor: "timerAt", work: 1, idle: true },
  { what: "has just begun to poll for work", wakesFor: "timerAt", work: 1, idle: false },
  { what: "is about to wake for what is due", wakesFor: "dueAt", work: 0, idle: true },
  { what: "has just woken for what is due", wakesFor: "dueAt", work: 0, idle: false },
] as const)("time does not jump on while a process $what", async ({ wakesFor, work, idle }) => {
  const clock = new SharedClock();
  clock.freeze();
  const start = clock.now();
  const { done, ...parts } = behind(clock, wakesFor, work, idle);
  await advanceClock({ ...always, ...parts, clock }, 600 * SECOND);
  expect(done.at).toBe(start);
  expect(clock.now() - start).toBeCloseTo(600 * SECOND, 0);
});

test("a job that falls due while others are looked at is not jumped over", async () => {
  const clock = new SharedClock();
  clock.freeze();
  const start = clock.now();
  const performed: number[] = [];
  const record = sleeper(101);
  const processes = { alive: () => [record], onIdle: () => () => {} } as unknown as ProcessTable;
  let asked = 0;
  // The first answer is old by the time it comes; at the second the job is there to take, at the third it is done.
  const outlook = () => {
    asked += 1;
    if (asked === 2) performed.push(clock.now());
    return Promise.resolve({ work: 0, nextAt: asked === 1 ? start : Infinity });
  };
  const parts = { processes, outlook, registered: () => Promise.resolve([]), clock };
  await advanceClock({ ...always, ...parts }, 600 * SECOND);
  expect(performed).toEqual([start]);
});

test("a process that stays asleep past its time is not waited for without end", async () => {
  const clock = new SharedClock();
  clock.freeze();
  const start = clock.now();
  const record = sleeper(101);
  setTimes(record, { dueAt: start - 1, timerAt: Infinity });
  const processes = { alive: () => [record], onIdle: () => () => {} } as unknown as ProcessTable;
  const outlook = () => Promise.resolve({ work: 0, nextAt: Infinity });
  const parts = { processes, outlook, registered: () => Promise.resolve([]), clock };
  await advanceClock({ ...always, ...parts }, 60 * SECOND);
  expect(clock.now() - start).toBeCloseTo(60 * SECOND, 0);
});
