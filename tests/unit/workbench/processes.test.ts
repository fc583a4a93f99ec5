import { expect, test, vi } from "vitest";
import type { SandboxProcesses, StartOptions } from "../../../src/sandbox/sandbox.ts";
import { pulseOf, worstOf } from "../../../src/workbench/processes/heartbeat.ts";
import { createPower } from "../../../src/workbench/processes/power.ts";
import { optionsOf, problemOf } from "../../../src/workbench/processes/StartJobsForm.tsx";

const beats = { lastHeartbeatAt: 1_000, nextHeartbeatAt: 61_000, prunableAt: 301_000 };

test("a heartbeat empties until the next, is late, and counts down to the prune", () => {
  expect(pulseOf(beats, 31_000)).toEqual({ left: 0.5, late: false, words: "beat in 30.0 s" });
  expect(pulseOf(beats, 61_400)).toMatchObject({ late: false, words: "beat in 0 ms" });
  expect(pulseOf(beats, 181_000)).toEqual({
    left: 0,
    late: true,
    words: "late, to be pruned in 2 min",
  });
  expect(pulseOf(beats, 301_000).words).toBe("late, may be pruned now");
  expect(worstOf([{ ...beats, nextHeartbeatAt: 70_000 }, beats])).toBe(beats);
  expect(worstOf([])).toBeUndefined();
});

test("empty fields leave the options to queue.yml", () => {
  expect(optionsOf({ queues: "", threads: "", interval: " " })).toEqual({ kind: "jobs" });
  expect(optionsOf({ queues: "a, b", threads: "2", interval: "0.5" })).toEqual({
    kind: "jobs",
    queues: ["a", "b"],
    threads: 2,
    pollingInterval: 0.5,
  });
  expect(optionsOf({ queues: "", threads: "", interval: "0,5" }).pollingInterval).toBe(0.5);
});

test("what cannot be an option is refused in the words of its label", () => {
  const typed = (fields: object) => problemOf({ queues: "", threads: "", interval: "", ...fields });
  expect(typed({})).toBeNull();
  expect(typed({ threads: "2", interval: "0,5" })).toBeNull();
  for (const interval of ["-1", "0", "often"])
    expect(typed({ interval })).toMatch(/^Polls each \(s\): /);
  for (const threads of ["0", "1.5", "two"]) expect(typed({ threads })).toMatch(/^Threads: /);
});

test("after the plug was pulled, what ran starts again; what fails is kept for another try", async () => {
  const ran: StartOptions[] = [{ kind: "web" }, { kind: "jobs", threads: 2 }];
  const start = vi.fn<(options: StartOptions) => Promise<never>>();
  start.mockResolvedValueOnce(undefined as never).mockRejectedValueOnce(new Error("no memory"));
  const processes = { pullThePlug: () => ran, start } as unknown as SandboxProcesses;
  const power = createPower(() => processes);
  power.pull();
  expect(power.lost.value).toEqual(ran);
  await expect(power.restore()).rejects.toThrow("no memory");
  expect(power.lost.value).toEqual([ran[1]]);
  start.mockResolvedValueOnce(undefined as never);
  await power.restore();
  expect(power.lost.value).toBeNull();
  expect(start.mock.calls.map(([options]) => options.kind)).toEqual(["web", "jobs", "jobs"]);
});
