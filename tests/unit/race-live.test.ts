/** The race in a sandbox that tells what was recorded: what is sent, what comes back, and that nothing is left behind. */
import { expect, test, vi } from "vitest";
import { RECORDED } from "../../src/components/home/race.ts";
import type { BootImageSource, Sandbox } from "../../src/sandbox/sandbox.ts";
import { MODEL_PATH } from "../../src/workbench/race/app.ts";
import { runRace } from "../../src/workbench/race/live.ts";
import { fakeEvents } from "./support/fake-sandbox.ts";
import { recording } from "./workbench/timeline/recording.ts";

/** @param answer what the app does with the request of that number, from 1 on; it resolves with the status */
function fakeRace(answer: (number: number) => number) {
  const events = fakeEvents();
  const files: Record<string, unknown> = {};
  const models: unknown[] = [];
  const dispose = vi.fn(async () => {});
  const sandbox = {
    events,
    files: { write: (path: string, content: string) => (files[path] = content) },
    boot: async (options: { files: object }) => void Object.assign(files, options.files),
    async fetch() {
      models.push(files[MODEL_PATH]);
      return new Response(null, { status: answer(models.length) });
    },
    dispose,
  } as unknown as Sandbox;
  const image = {} as BootImageSource;
  const dependencies = {
    loadFiles: async () => ({ slug: "", files: {}, solution: {}, check: "", variants: {} }),
    loadEngine: async () => ({ sandbox, image }),
  };
  const tell = (name: string) => {
    for (const { time, ...body } of recording(name)) events.emit(body, time);
  };
  const controller = new AbortController();
  const steps: string[] = [];
  const run = () =>
    runRace(dependencies, controller.signal, (progress) =>
      steps.push("callback" in progress ? `${progress.step}: ${progress.callback}` : progress.step),
    );
  return { run, tell, events, dispose, models, steps, controller };
}

test("the same request is sent with each callback, and the runs are those that were told", async () => {
  const race = fakeRace((number) => {
    race.tell(number <= 2 ? "race" : "commit");
    return 201;
  });
  expect(await race.run()).toEqual(RECORDED);
  expect(race.steps).toEqual([
    "loading code: after_create",
    "request: after_create",
    "loading code: after_create_commit",
    "request: after_create_commit",
  ]);
  const callbacks = race.models.map(
    (model) => /^ {2}(\w+) :process_photo$/m.exec(String(model))?.[1],
  );
  expect(callbacks).toEqual([
    ...["after_create", "after_create"],
    ...["after_create_commit", "after_create_commit"],
  ]);
  expect(race.events.listeners()).toBe(0);
  expect(race.dispose).toHaveBeenCalledOnce();
});

test.each([
  ["the app raises", () => 500, "answered the request with 500"],
  [
    "a process dies",
    (race: ReturnType<typeof fakeRace>) => {
      const exit = { code: 1, signal: null, reason: "ran out of memory" };
      race.events.emit({ type: "process.exited", exit });
      return 201;
    },
    "The process web ended: ran out of memory",
  ],
])("where %s, it says so and gives the sandbox back", async (_, answer, said) => {
  const race: ReturnType<typeof fakeRace> = fakeRace(() => answer(race));
  await expect(race.run()).rejects.toThrow(said);
  expect(race.events.listeners()).toBe(0);
  expect(race.dispose).toHaveBeenCalledOnce();
});

test("a race that is cancelled in the middle gives the sandbox back", async () => {
  const race = fakeRace(() => {
    race.controller.abort();
    return 201;
  });
  await expect(race.run()).rejects.toThrow("aborted");
  expect(race.events.listeners()).toBe(0);
  expect(race.dispose).toHaveBeenCalledOnce();
});
