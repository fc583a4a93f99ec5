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

/** Two jobs processes that sleep, and tell of their lives whenever they are woken and it is time to. */
function asleep(clock: SharedClock, lastHeartbeats: [number, number]) {
  const records = lastHeartbeats.map((_, index) => {
    const record = new ProcessRecord(
      "jobs",
      { kind: "jobs", status: "running", pid: 101 + index } as never,
      nobody,
      nobody,
    );
    record.control.setDue(Infinity);
    Object.defineProperty(record.control, "idle", { value: true });
    return record;
  });
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
    const always = { clock, aliveThreshold: ALIVE_THRESHOLD, asking: undefined };
    await advanceClock({ ...always, ...parts }, 3600 * SECOND);
    expect(clock.now() - start).toBeCloseTo(3600 * SECOND, 0);
    expect(Math.max(...oldest)).toBeLessThanOrEqual(0.8 * ALIVE_THRESHOLD + 1);
    expect(oldest.length).toBeLessThan(20);
  },
);
