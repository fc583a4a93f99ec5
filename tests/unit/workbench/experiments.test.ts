// @vitest-environment happy-dom
import { describe, expect, test, vi } from "vitest";
import type { Action, Expectation, Step } from "../../../src/course/experiment-schema.ts";
import { experimentSchema } from "../../../src/course/experiment-schema.ts";
import { disappointed } from "../../../src/course/expectation.ts";
import { lessonFolders, loadLesson } from "../../../src/course/node/load-lesson.ts";
import { loadStepRuns, saveStepRuns } from "../../../src/course/step-runs.ts";
import { memoryStorage } from "../../../src/course/storage.ts";
import type { Evaluation, ProcessInfo, Sandbox } from "../../../src/sandbox/sandbox.ts";
import { doing } from "../../../src/workbench/experiment/doing.ts";
import { runStep, type StepHost } from "../../../src/workbench/experiment/run-step.ts";
import { createPower } from "../../../src/workbench/processes/power.ts";
import { createRestarts } from "../../../src/workbench/processes/restarts.ts";
import { PANELS } from "../../../src/workbench/panels.ts";
import { fakeEvents } from "../support/fake-sandbox.ts";

const raised = { className: "NameError", message: "no Photoo", backtrace: [], location: null };

const mail = (subject: string) => ({ subject, to: ["ada@example.com"], text: null });

function host(answers: Record<string, Partial<Evaluation>>): StepHost & { calls: string[] } {
  const calls: string[] = [];
  const evaluate = async (code: string) => {
    calls.push(code);
    return { output: "", result: "nil", error: null, ...answers[code] };
  };
  return {
    calls,
    sandbox: {
      evaluate,
      processes: { list: () => [] },
      fetch: async () => new Response("", { status: 201 }),
      mails: () => [mail("Hello"), mail("Good morning")],
      logs: {
        history: () => [{ text: "Hello, Ada." }, { text: "Hello, Bob." }, { text: "Done." }],
      },
    } as unknown as StepHost["sandbox"],
    open: (path, line) => calls.push(`open ${path} ${line}`),
    show: (panel) => calls.push(`show ${panel}`),
    useFiles: (variant) => calls.push(`files ${variant}`),
    cancelRestarts: async (nameOrKind) => void calls.push(`cancel restarts ${nameOrKind}`),
    flush: () => calls.push("flush"),
  };
}

const step = (source: object) =>
  experimentSchema.parse({ steps: { one: source } }).steps["one"] as Step;
const run = (source: object, on: StepHost) =>
  runStep(step(source), on, new AbortController().signal);

test.each([
  [{ start: "jobs" }, "Starting a worker"],
  [{ start: "web" }, "Starting the web process"],
  [{ signal: "KILL", process: "web" }, "Sending KILL to the web process"],
  [{ request: "GET /" }, "Waiting for the answer to GET /"],
  [{ advance: 1 }, "Moving the clock by 1 second"],
  [{ advance: 660 }, "Moving the clock by 11 minutes"],
  [{ advance: 3605 }, "Moving the clock by 1 hour"],
  [{ untilJobs: { claimed: 1, ready: 2 } }, "Waiting for 1 claimed job and 2 ready jobs"],
  [{ show: "jobs" }, null],
] as [Action, string | null][])("%j is told as %j", (action, words) => {
  expect(doing(action)).toBe(words);
});

describe("a step", () => {
  test("tells what it is doing, and nothing of what is over at once", async () => {
    const told: string[] = [];
    const source = {
      do: [
        { open: "app/models/photo.rb:5" },
        { stop: "jobs" },
        { console: "work" },
        { until: "true" },
        { untilLog: "Done" },
      ],
      shows: { photos: { label: "Photos", ruby: "Photo.count" } },
    };
    const on = host({ true: { result: "true" } });
    await runStep(step(source), on, new AbortController().signal, (words) => told.push(words));
    expect(told).toEqual([
      "Stopping the worker",
      "Running Ruby in the console",
      "Waiting for the jobs",
      "Waiting for a line in the log",
      "Reading what came of it",
    ]);
  });

  test("does its actions in order and takes its readings", async () => {
    const on = host({ "Photo.count": { result: "2" }, state: { result: ":failed" } });
    const result = await run(
      {
        do: [
          { open: "app/models/photo.rb:5" },
          { files: "slow" },
          { console: "work" },
          { show: "jobs" },
        ],
        shows: { photos: { label: "Photos", ruby: "Photo.count" } },
        outcome: { ruby: "state", expect: "failed" },
      },
      on,
    );
    expect(result).toEqual({ readings: { photos: "2" }, outcome: "failed", problem: null });
    expect(on.calls).toEqual([
      "flush",
      "open app/models/photo.rb 5",
      "files slow",
      "work",
      "show jobs",
      "Photo.count",
      "state",
    ]);
  });

  test("stops where Ruby raises, and says what", async () => {
    const on = host({ "Photoo.new": { error: raised } });
    const result = await run({ do: [{ console: "Photoo.new" }, { console: "later" }] }, on);
    expect(result.problem).toBe("NameError: no Photoo.");
    expect(on.calls).not.toContain("later");
  });

  test("goes on where it said that Ruby would raise", async () => {
    const on = host({ "Photoo.new": { error: raised } });
    const source = {
      do: [{ console: "Photoo.new", raises: "NameError" }],
      shows: { error: { label: "Error", last: "error" } },
    };
    expect((await run(source, on)).readings).toEqual({ error: "NameError" });
  });

  test("reads mails and lines of the log", async () => {
    const source = {
      do: [{ console: "1" }],
      shows: {
        count: { label: "Mails", mail: "count" },
        subject: { label: "Subject", mail: "subject" },
        who: { label: "Greeted", log: "Hello, (.*)\\." },
        nobody: { label: "Nobody", log: "Bye" },
      },
    };
    const { readings } = await run(source, host({}));
    expect(readings).toEqual({ count: "2", subject: "Good morning", who: "Bob", nobody: "" });
  });

  test("says who was answered first, and the status", async () => {
    const source = {
      do: [{ request: "GET /photos", meanwhile: "/" }],
      shows: {
        status: { label: "Status", last: "status" },
        first: { label: "First", last: "first" },
      },
    };
    expect((await run(source, host({}))).readings).toEqual({ status: "201", first: "request" });
  });

  test("says that there is nobody to signal", async () => {
    const result = await run({ do: [{ signal: "KILL", process: "jobs" }] }, host({}));
    expect(result.problem).toContain("No process called jobs is running");
  });

  test("stops processes, where there are any", async () => {
    const result = await run({ do: [{ stop: "jobs" }, { console: "1" }] }, host({}));
    expect(result.problem).toBeNull();
  });

  test.each([
    ["stops", { stop: "jobs" }, "TERM"],
    ["signals", { signal: "KILL", process: "jobs" }, "KILL"],
  ])(
    "calls off the restart of what it %s, which waits for the same end",
    async (_, action, sent) => {
      const options = { kind: "jobs" } as const;
      const worker = { pid: 103, kind: "jobs", name: "jobs-1", status: "running", options };
      const ended = Promise.withResolvers<void>();
      const processes = {
        list: () => [worker],
        signal: vi.fn(),
        wait: () => ended.promise,
        start: vi.fn(),
      };
      const on = host({});
      const sandbox = { ...on.sandbox, processes, events: fakeEvents() } as unknown as Sandbox;
      const power = createPower(() => sandbox.processes);
      const restarts = createRestarts(sandbox, power);
      const restart = restarts.restart(worker as ProcessInfo);
      processes.signal.mockImplementation(() => ended.resolve());
      await run({ do: [action] }, { ...on, sandbox, cancelRestarts: restarts.cancel });
      await restart;
      expect(processes.signal.mock.lastCall).toEqual([103, sent]);
      expect(processes.start).not.toHaveBeenCalled();
    },
  );

  test("ends when it is aborted", async () => {
    const aborted = AbortSignal.abort();
    await expect(runStep(step({ do: [{ console: "1" }] }), host({}), aborted)).rejects.toThrow();
  });
});

test("an expectation tells what disappoints it", () => {
  const unmet = (text: string, expected: Expectation) => disappointed(text, { expect: expected });
  expect(unmet("3", "3")).toBeNull();
  expect(unmet("3", "4")).toBe("was 3, expected 4");
  expect(unmet("3.2", { atLeast: 3 })).toBeNull();
  expect(unmet("2.9", { atLeast: 3 })).toContain("at least 3");
  expect(unmet("2.9", { atMost: 2 })).toContain("at most 2");
  expect(unmet("Photo 4", { matches: "Photo \\d" })).toBeNull();
  expect(unmet("nothing", { atLeast: 0 })).not.toBeNull();
  expect(unmet("", { atMost: 2 })).not.toBeNull();
  expect(disappointed("anything", {})).toBeNull();
});

describe("a duration", () => {
  test.each([{ duration: true }, { last: "seconds" }, { last: "meanwhile" }] as const)(
    "that says %j is a number of seconds",
    (reading) => {
      expect(["0", "12", "0.3", "12.05"].map((text) => disappointed(text, reading))).toEqual([
        null,
        null,
        null,
        null,
      ]);
      expect(disappointed("nil", reading)).toBe("was nil, expected a number of seconds");
      expect(disappointed("", reading)).toBe("was empty, expected a number of seconds");
      for (const text of ["-0.1", "1.5 s", ".5", "Infinity"]) {
        expect(disappointed(text, reading)).not.toBeNull();
      }
    },
  );

  test("may be expected to be long", () => {
    expect(disappointed("3.1", { last: "seconds", expect: { atLeast: 3 } })).toBeNull();
    expect(disappointed("2.9", { last: "seconds", expect: { atLeast: 3 } })).toContain("at least");
    expect(disappointed("nil", { last: "seconds", expect: "nil" })).not.toBeNull();
  });

  test("is read with Ruby, not off mails or the log", () => {
    const shows = (source: object) => () =>
      step({
        do: [{ drain: true }],
        shows: { took: { label: "Took", duration: true, ...source } },
      });
    expect(shows({ ruby: "2" })).not.toThrow();
    for (const source of [{ mail: "count" }, { log: "took (.*) ms" }, { last: "status" }]) {
      expect(shows(source)).toThrow("duration goes with ruby");
    }
  });
});

test("runs are kept over a reload, and damaged ones dropped", () => {
  const storage = memoryStorage();
  const kept = { readings: { photos: "2" }, outcome: null, problem: null };
  saveStepRuns(storage, "one", { good: kept, bad: { readings: 3 } as never });
  expect(loadStepRuns(storage, "one")).toEqual({ good: kept });
  expect(loadStepRuns(storage, "two")).toEqual({});
});

test("steps show panels that there are", async () => {
  const shown = (await lessonsSteps()).flatMap(({ do: actions }) =>
    actions.flatMap((action) => ("show" in action ? [action.show] : [])),
  );
  const panels: string[] = PANELS.map(({ id }) => id);
  expect(shown.filter((name) => !panels.includes(name))).toEqual([]);
});

async function lessonsSteps(): Promise<Step[]> {
  const lessons = await Promise.all((await lessonFolders()).map((folder) => loadLesson(folder)));
  return lessons.flatMap(({ experiment }) => Object.values(experiment.steps));
}
