import { describe, expect, test, vi } from "vitest";
import { checkOptions } from "../../../src/sandbox/local/start-process.ts";
import type {
  ProcessExit,
  ProcessInfo,
  SandboxProcesses,
  StartOptions,
} from "../../../src/sandbox/sandbox.ts";
import { pulseOf, worstOf } from "../../../src/workbench/processes/heartbeat.ts";
import { createPower } from "../../../src/workbench/processes/power.ts";
import { createRestarts } from "../../../src/workbench/processes/restarts.ts";
import { inLabels, optionsOf } from "../../../src/workbench/processes/StartJobsForm.tsx";

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
  const words = (options: object) => {
    try {
      checkOptions({ kind: "jobs", ...options });
    } catch (error) {
      return (inLabels(error) as Error).message;
    }
    return null;
  };
  expect(words({ threads: 2, pollingInterval: 0.5, queues: ["a"] })).toBeNull();
  expect(words({ threads: NaN })).toBe("Threads: must be a whole number above 0.");
  expect(words({ pollingInterval: -1 })).toBe(
    "Polls each (s): must be a number of seconds above 0, such as 0.5.",
  );
  expect(words({ queues: [" "] })).toBe("Queues: must name at least one queue, or be left out.");
  const other = new Error("no memory");
  expect(inLabels(other)).toBe(other);
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

describe("a restart", () => {
  const options: StartOptions = { kind: "jobs", queues: ["mailers"], threads: 2 };
  const jobs = { pid: 103, kind: "jobs", name: "jobs-1", options } as ProcessInfo;

  function machine() {
    const ended = Promise.withResolvers<ProcessExit>();
    const started = Promise.withResolvers<ProcessInfo>();
    const processes = {
      signal: vi.fn(),
      wait: vi.fn(() => ended.promise),
      start: vi.fn(() => started.promise),
      pullThePlug: () => [options],
    };
    const power = createPower(() => processes as unknown as SandboxProcesses);
    const restarts = createRestarts(() => processes as unknown as SandboxProcesses, power);
    const steps = () => restarts.all.value.map(({ name, step }) => `${name} ${step}`);
    const words = () => restarts.all.value.map((each) => each.words).join(" ");
    const end = () => ended.resolve({ code: 0, signal: null, reason: "" });
    return { processes, power, restarts, steps, words, end, started };
  }

  test("sends TERM, waits for the end, and starts the next with the same options", async () => {
    const { processes, restarts, steps, words, end, started } = machine();
    const done = restarts.restart(jobs);
    void restarts.restart(jobs); // pressed twice
    expect(processes.signal.mock.calls).toEqual([[103, "TERM"]]);
    await vi.waitFor(() => expect(processes.wait).toHaveBeenCalledWith(103));
    expect([steps(), processes.start.mock.calls]).toEqual([["jobs-1 ending"], []]);
    end();
    await vi.waitFor(() => expect(steps()).toEqual(["jobs-1 starting"]));
    started.resolve({ ...jobs, pid: 104, name: "jobs-2" });
    await done;
    expect(processes.start.mock.calls).toEqual([[options]]);
    expect(steps()).toEqual(["jobs-1 done"]);
    expect(words()).toBe("jobs-1 has ended, jobs-2 runs with the same options (pid 104).");
  });

  test("says why the next did not start, and forgets it with the next restart", async () => {
    const { restarts, steps, words, end, started } = machine();
    end();
    started.reject(new Error("no memory"));
    await restarts.restart(jobs);
    expect(words()).toBe("jobs-1 was not restarted. no memory.");
    void restarts.restart({ ...jobs, pid: 110, name: "jobs-7" });
    expect(steps()).toEqual(["jobs-7 ending"]);
  });

  test("starts nothing when the plug was pulled meanwhile", async () => {
    const { processes, power, restarts, words, end } = machine();
    const done = restarts.restart(jobs);
    power.pull();
    end();
    await done;
    expect(processes.start).not.toHaveBeenCalled();
    expect(words()).toContain("the power is off");
  });
});
