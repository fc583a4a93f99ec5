import { describe, expect, test, vi } from "vitest";
import { checkOptions } from "../../../src/sandbox/local/start-process.ts";
import type {
  ProcessExit,
  ProcessInfo,
  Sandbox,
  SandboxProcesses,
  StartOptions,
} from "../../../src/sandbox/sandbox.ts";
import { pulseOf, worstOf } from "../../../src/workbench/processes/heartbeat.ts";
import { createPower } from "../../../src/workbench/processes/power.ts";
import { createRestarts } from "../../../src/workbench/processes/restarts.ts";
import { fakeEvents } from "../support/fake-sandbox.ts";
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
  expect(optionsOf({ queues: "", threads: "", pollingInterval: " " })).toEqual({ kind: "jobs" });
  expect(optionsOf({ queues: "a, b", threads: "2", pollingInterval: "0.5" })).toEqual({
    kind: "jobs",
    queues: ["a", "b"],
    threads: 2,
    pollingInterval: 0.5,
  });
  expect(optionsOf({ queues: "", threads: "", pollingInterval: "0,5" }).pollingInterval).toBe(0.5);
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
    const events = fakeEvents();
    const restarts = createRestarts({ processes, events } as unknown as Sandbox, power);
    const steps = () => restarts.all.value.map(({ name, step }) => `${name} ${step}`);
    const words = () => restarts.all.value.map((each) => each.words).join(" ");
    const end = () => ended.resolve({ code: 0, signal: null, reason: "" });
    return { processes, events, power, restarts, steps, words, end, started };
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

  test("says how long jobs have, and what web waits for", async () => {
    const { restarts, words } = machine();
    void restarts.restart(jobs);
    expect(words()).toContain("5 seconds unless you set it) goes back to the queue.");
    void restarts.restart({ pid: 101, kind: "web", name: "web", options: null } as ProcessInfo);
    expect(words()).toContain("ends when its requests in hand are answered.");
  });

  test.each(["jobs", "jobs-1"])("that is cancelled starts nothing: %s", async (nameOrKind) => {
    const { processes, restarts, steps, words, end } = machine();
    const done = restarts.restart(jobs);
    await restarts.cancel("web");
    expect(steps()).toEqual(["jobs-1 ending"]);
    await restarts.cancel(nameOrKind);
    expect(steps()).toEqual(["jobs-1 cancelled"]);
    expect(words()).toContain("no other is started");
    end();
    await done;
    expect(processes.start).not.toHaveBeenCalled();
    expect(steps()).toEqual(["jobs-1 cancelled"]);
  });

  test("after a cancelled one of the same process starts one successor", async () => {
    const { processes, restarts, steps, end, started } = machine();
    const first = restarts.restart(jobs);
    await restarts.cancel("jobs");
    const second = restarts.restart(jobs);
    expect(steps()).toEqual(["jobs-1 ending"]);
    end();
    started.resolve({ ...jobs, pid: 104, name: "jobs-2" });
    await Promise.all([first, second]);
    expect(processes.start).toHaveBeenCalledOnce();
    expect(steps()).toEqual(["jobs-1 done"]);
  });

  test("whose successor starts already keeps who cancels it until that runs", async () => {
    const { restarts, steps, end, started } = machine();
    void restarts.restart(jobs);
    end();
    await vi.waitFor(() => expect(steps()).toEqual(["jobs-1 starting"]));
    let free = false;
    const cancelled = restarts.cancel("jobs").then(() => (free = true));
    await Promise.resolve();
    expect([free, steps()]).toEqual([false, ["jobs-1 starting"]]);
    started.resolve({ ...jobs, pid: 104, name: "jobs-2" });
    await cancelled;
    expect(steps()).toEqual(["jobs-1 done"]);
  });

  test("is told no longer once another process has started, unless it is under way", async () => {
    const { events, restarts, steps, end, started } = machine();
    const done = restarts.restart(jobs);
    end();
    await vi.waitFor(() => expect(steps()).toEqual(["jobs-1 starting"]));
    events.emit({ type: "process.started", kind: "jobs" }); // its own successor
    started.resolve({ ...jobs, pid: 104, name: "jobs-2" });
    await done;
    events.emit({ type: "process.started", kind: "console" });
    expect(steps()).toEqual(["jobs-1 done"]);
    events.emit({ type: "process.started", kind: "web" });
    expect(steps()).toEqual([]);
    restarts.dispose();
    expect(events.listeners()).toBe(0);
  });
});
