import { describe, expect, test, vi } from "vitest";
import { saveEdits, type Edits } from "../../../src/course/saved-edits.ts";
import { memoryStorage } from "../../../src/course/storage.ts";
import type {
  BootImageSource,
  BootOptions,
  Sandbox,
  Snapshot,
} from "../../../src/sandbox/sandbox.ts";
import { DatabaseError, ProcessStartError } from "../../../src/sandbox/sandbox.ts";
import { createSession } from "../../../src/workbench/session/session.ts";
import { memorySnapshotStore } from "../../../src/workbench/snapshots/store.ts";
import { startFailure } from "../../../src/workbench/start/failure.ts";
import { whatIsMissing } from "../../../src/workbench/start/isolation.ts";
import { fakeEvents } from "../support/fake-sandbox.ts";

const lesson = { slug: "one", title: "One", focus: ["a.rb"], open: "a.rb" };
const image = {} as BootImageSource;

const snapshot: Snapshot = {
  image: "memory.1.bin",
  clockOffset: 60_000,
  nextPid: 103,
  databases: { primary: Uint8Array.of(1), queue: Uint8Array.of(2) },
};

function sessionWith(
  boot: (options: BootOptions) => Promise<void>,
  snapshots = memorySnapshotStore(),
  waitFor: (step: string) => Promise<void> = () => Promise.resolve(),
  edits: Edits = { "a.rb": "mine" },
) {
  const sandbox = {
    boot: vi.fn(boot),
    dispose: vi.fn(() => Promise.resolve()),
    events: fakeEvents(),
    files: { list: () => [], write: vi.fn(), delete: vi.fn() },
    queue: { jobs: () => Promise.resolve([]), processes: () => Promise.resolve([]) },
    processes: { list: () => [] },
    snapshot: vi.fn(() => Promise.resolve(snapshot)),
  };
  const files = { slug: "one", files: { "a.rb": "a" }, solution: {}, check: "", variants: {} };
  const storage = memoryStorage();
  saveEdits(storage, "one", edits);
  const session = createSession(lesson, {
    hosts: ["tab"],
    storage,
    snapshots,
    loadFiles: () => waitFor("files").then(() => files),
    loadBench: () => waitFor("bench").then(() => import("../../../src/workbench/after-start.ts")),
    loadEngine: () =>
      waitFor("engine").then(() => ({ sandbox: sandbox as unknown as Sandbox, image })),
  });
  return { session, sandbox };
}

test("a session boots the app with the learner's edits laid over it", async () => {
  const { session, sandbox } = sessionWith(() => Promise.resolve());
  expect(session.hasKeptEdits()).toBe(true);
  await session.start();
  expect(session.state.value.name).toBe("ready");
  expect(sandbox.boot.mock.calls[0]?.[0].files).toEqual({ "a.rb": "mine" });
  await session.dispose();
  expect(sandbox.dispose).toHaveBeenCalledOnce();
});

test.each([
  ["of a file that the lesson has lost is none", { "gone.rb": null }, false],
  ["of a file that the lesson gives is one", { "a.rb": null }, true],
] as [string, Edits, boolean][])(
  "a kept deletion %s, once the files are there",
  async (_, edits, kept) => {
    const refused = () => Promise.reject(new ProcessStartError("no"));
    const { session, sandbox } = sessionWith(refused, undefined, undefined, edits);
    expect(session.hasKeptEdits()).toBe(false);
    await session.start();
    expect(session.hasKeptEdits()).toBe(kept);
    // With nothing of the learner's to leave out there is nothing else to try.
    expect(sandbox.boot).toHaveBeenCalledTimes(kept ? 2 : 1);
  },
);

test("a start whose own code does not come says so, boots nothing, and can be tried again", async () => {
  let connected = false;
  const { session, sandbox } = sessionWith(
    () => Promise.resolve(),
    undefined,
    (step) =>
      step === "bench" && !connected
        ? Promise.reject(new TypeError("Failed to fetch dynamically imported module: /a.js"))
        : Promise.resolve(),
  );
  await session.start();
  expect(session.state.value).toMatchObject({
    name: "failed",
    message: expect.stringContaining("could not download a part of the workbench") as string,
  });
  expect(sandbox.boot).not.toHaveBeenCalled();
  connected = true;
  await session.start();
  expect(session.state.value.name).toBe("ready");
  await session.dispose();
});

test("who asks for it while it starts waits until it runs", async () => {
  const { session, sandbox } = sessionWith(() => Promise.resolve());
  const first = session.start();
  await session.start();
  expect(session.state.value.name).toBe("ready");
  await first;
  expect(sandbox.boot).toHaveBeenCalledOnce();
  await session.dispose();
});

test("a failed start says why, releases everything and can be tried again", async () => {
  let tries = 0;
  const { session, sandbox } = sessionWith(() =>
    ++tries === 1 ? Promise.reject(new Error("The server answered 404")) : Promise.resolve(),
  );
  await session.start();
  expect(session.state.value).toMatchObject({
    name: "failed",
    message: expect.stringMatching(/^The server answered 404\..*reload the page/),
  });
  expect(sandbox.dispose).toHaveBeenCalledOnce();
  await session.start();
  expect(session.state.value.name).toBe("ready");
  await session.dispose();
});

describe("files with which no process starts", () => {
  const message = "config/recurring.yml, line 4: YAML cannot read this";
  const location = { path: "config/recurring.yml", line: 4 };
  const refusal = new ProcessStartError(`The process jobs-1 (pid 102) has ended: ${message}`, {
    className: "Sandbox::ConfigurationError",
    message,
    backtrace: [],
    location,
  });

  test("do not keep the learner out of the editor: the lesson's start, and theirs are laid over them", async () => {
    const { session, sandbox } = sessionWith(({ files }) =>
      files["a.rb"] === "mine" ? Promise.reject(refusal) : Promise.resolve(),
    );
    await session.start();
    const { unfit, workspace } = bench({ session });
    expect(sandbox.boot.mock.calls.map(([{ files }]) => files["a.rb"])).toEqual(["mine", "a"]);
    expect(sandbox.files.write).toHaveBeenCalledWith("a.rb", "mine");
    expect(workspace.text("a.rb")).toBe("mine");
    expect(unfit?.place).toEqual(location);
    expect(unfit?.reason).toContain("YAML cannot read this");
    await session.dispose();
  });

  test("are not blamed where the lesson's do not start either", async () => {
    const { session, sandbox } = sessionWith(() => Promise.reject(refusal));
    await session.start();
    expect(session.state.value).toMatchObject({
      name: "failed",
      message: expect.stringContaining("recurring.yml"),
    });
    expect(sandbox.boot).toHaveBeenCalledTimes(2);
    expect(sandbox.dispose).toHaveBeenCalledTimes(2);
  });

  test("are not tried where something else is the reason", async () => {
    const { session, sandbox } = sessionWith(() => Promise.reject(new Error("answered 404")));
    await session.start();
    expect(session.state.value.name).toBe("failed");
    expect(sandbox.boot).toHaveBeenCalledOnce();
  });
});

/** What a start waits for, in this order; the last three are the sandbox's own steps. */
const STEPS = ["files", "bench", "kept", "engine", "download", "database", "processes"];

/** A session whose first start was cancelled while it waited for a step, which comes when `go` is called. */
async function cancelledAt(step: string, hears: boolean) {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const waited: string[] = [];
  const waitFor = (name: string) => {
    waited.push(name);
    if (name !== step || waited.filter((other) => other === step).length > 1)
      return Promise.resolve();
    reached.resolve();
    return gate.promise;
  };
  const store = memorySnapshotStore();
  const { session, sandbox } = sessionWith(
    async ({ signal }) => {
      for (const name of STEPS.slice(4)) {
        await waitFor(name);
        if (hears) signal?.throwIfAborted();
      }
    },
    { ...store, load: (slug) => waitFor("kept").then(() => store.load(slug)) },
    waitFor,
  );
  const first = session.start();
  await reached.promise;
  expect(session.state.value.name).toBe("starting");
  session.cancel();
  expect(session.state.value.name).toBe("idle");
  const sandboxes = () => waited.filter((name) => name === "engine").length;
  return { session, first, sandboxes, go: gate.resolve, disposals: sandbox.dispose.mock.calls };
}

describe.each([
  ["hears of it", true],
  ["comes all the same", false],
])("a start that is cancelled while it waits for what %s", (_, hears) => {
  test.each(STEPS)("can be started again: %s", async (step) => {
    const { session, first, sandboxes, go, disposals } = await cancelledAt(step, hears);
    const second = session.start();
    go();
    await Promise.all([first, second]);
    expect(session.state.value.name).toBe("ready");
    expect(disposals).toHaveLength(sandboxes() - 1);
    await session.dispose();
    expect(disposals).toHaveLength(sandboxes());
  });

  test.each(STEPS)("ends in the beginning, with nothing left: %s", async (step) => {
    const { session, first, sandboxes, go, disposals } = await cancelledAt(step, hears);
    go();
    await first;
    expect(session.state.value.name).toBe("idle");
    expect(disposals).toHaveLength(sandboxes());
  });
});

function bench({ session }: Pick<ReturnType<typeof sessionWith>, "session">) {
  const state = session.state.value;
  if (state.name !== "ready") throw new Error(`The session is ${state.name}`);
  return state.bench;
}

describe("the databases of the last visit", () => {
  test("are kept after a change, and the next start has them", async () => {
    const snapshots = memorySnapshotStore();
    const first = sessionWith(() => Promise.resolve(), snapshots);
    await first.session.start();
    expect(bench(first).restored).toEqual({ name: "fresh" });
    first.sandbox.events.emit({ type: "clock.advanced", by: 1 });
    await first.session.dispose();
    const second = sessionWith(() => Promise.resolve(), snapshots);
    await second.session.start();
    expect(second.sandbox.boot.mock.calls[0]?.[0].snapshot).toEqual(snapshot);
    expect(bench(second).restored.name).toBe("restored");
    await second.session.dispose();
  });

  test("are not written where nothing changed", async () => {
    const first = sessionWith(() => Promise.resolve());
    await first.session.start();
    await first.session.dispose();
    expect(first.sandbox.snapshot).not.toHaveBeenCalled();
  });

  test("are forgotten when they do not fit, with a sentence", async () => {
    const snapshots = memorySnapshotStore();
    await snapshots.save("one", { keptAt: 1, snapshot });
    const unfit = sessionWith(
      (options) =>
        options.snapshot ? Promise.reject(new DatabaseError("no database")) : Promise.resolve(),
      snapshots,
    );
    await unfit.session.start();
    expect(bench(unfit).restored).toEqual({ name: "lost", reason: "no database." });
    expect(await snapshots.load("one")).toBeNull();
    await unfit.session.dispose();
  });

  test("stay when fresh ones do not start either", async () => {
    const snapshots = memorySnapshotStore();
    await snapshots.save("one", { keptAt: 1, snapshot });
    const broken = sessionWith(
      () => Promise.reject(new ProcessStartError("syntax error in config/routes.rb")),
      snapshots,
    );
    await broken.session.start();
    expect(broken.session.state.value.name).toBe("failed");
    expect(await snapshots.load("one")).not.toBeNull();
  });

  test("go when the learner wants fresh ones", async () => {
    const snapshots = memorySnapshotStore();
    await snapshots.save("one", { keptAt: 1, snapshot });
    const running = sessionWith(() => Promise.resolve(), snapshots);
    await running.session.start();
    running.sandbox.events.emit({ type: "clock.advanced", by: 1 });
    await bench(running).startFresh();
    expect(bench(running).restored).toEqual({ name: "fresh" });
    expect(running.sandbox.boot.mock.calls.map(([options]) => options.snapshot)).toEqual([
      snapshot,
      undefined,
    ]);
    await running.session.dispose();
  });

  test("say why they cannot be kept", async () => {
    const full = () => Promise.reject(new Error("QuotaExceeded"));
    const running = sessionWith(() => Promise.resolve(), { ...memorySnapshotStore(), save: full });
    await running.session.start();
    running.sandbox.events.emit({ type: "clock.advanced", by: 1 });
    await bench(running).keeper.flush();
    expect(bench(running).keeper.problem.value).toContain("not kept for your next visit: Quota");
    await running.session.dispose();
  });
});

test.each([
  ["Failed to fetch", true, "press Retry"],
  ["NetworkError when attempting to fetch resource.", true, "Check the connection"],
  ["Load failed", false, "You are offline"],
  ["Failed to fetch dynamically imported module: /a.js", true, "a part of the workbench"],
  ["Importing a module script failed.", true, "a part of the workbench"],
  ["The server answered 503 for /boot/code.bin", true, "press Retry"],
  ["WebAssembly.Memory(): could not allocate memory", true, "Close other tabs"],
  ["Rails did not boot", true, "Rails did not boot."],
])("a start that failed with “%s” says what to do", (message, online, said) => {
  expect(startFailure(new Error(message), online)).toContain(said);
});

test("what is missing is said in a sentence", () => {
  const all = {
    ...{ crossOriginIsolated: true, isSecureContext: true },
    ...{ hasWebAssembly: true, isCurrent: true },
  };
  expect(whatIsMissing(all)).toBeNull();
  expect(whatIsMissing({ ...all, crossOriginIsolated: false })).toContain("Embedder-Policy");
  expect(whatIsMissing({ ...all, isSecureContext: false })).toContain("HTTPS");
  expect(whatIsMissing({ ...all, hasWebAssembly: false })).toContain("WebAssembly");
  expect(whatIsMissing({ ...all, isCurrent: false })).toContain("too old");
});
