// @vitest-environment happy-dom
/** Where the sandbox runs: the choice, and what happens when that place does not come. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { memoryStorage } from "../../../src/course/storage.ts";
import { WEBCONTAINER_CAPABILITIES } from "../../../src/sandbox/capabilities.ts";
import {
  BootError,
  ProcessStartError,
  SandboxError,
  type BootImageSource,
  type BootOptions,
  type Sandbox,
} from "../../../src/sandbox/sandbox.ts";
import { FallbackNotice } from "../../../src/workbench/host/FallbackNotice.tsx";
import { HostDialog } from "../../../src/workbench/host/HostDialog.tsx";
import { HOSTS, loadHost, type HostName } from "../../../src/workbench/host/hosts.ts";
import { watchBlocked } from "../../../src/workbench/host/watch-blocked.ts";
import { SignalButtons } from "../../../src/workbench/processes/SignalButtons.tsx";
import type { Bench } from "../../../src/workbench/session/bench.ts";
import { LostNotice } from "../../../src/workbench/session/LostNotice.tsx";
import { createSession } from "../../../src/workbench/session/session.ts";
import { memorySnapshotStore } from "../../../src/workbench/snapshots/store.ts";
import { fakeEvents } from "../support/fake-sandbox.ts";
import { RECORDED, recordedBench } from "../support/recorded-bench.ts";

type Boot = (options: BootOptions) => Promise<void>;

/** A session whose two hosts boot as told. The learner has edited `a.rb`. */
function sessionOn(boots: Record<HostName, Boot>, needsReload = () => false) {
  const storage = memoryStorage();
  storage.setItem("perform-later:edits:one", '{"version":1,"files":{"a.rb":"mine"}}');
  const started: HostName[] = [];
  const disposed: HostName[] = [];
  const files = { slug: "one", files: { "a.rb": "a" }, solution: {}, check: "", variants: {} };
  const lesson = { slug: "one", title: "One", focus: ["a.rb"], open: "a.rb" };
  const create = () =>
    createSession(lesson, {
      hosts: ["tab", "webcontainer"],
      storage,
      snapshots: memorySnapshotStore(),
      loadFiles: () => Promise.resolve(files),
      loadBench: () => import("../../../src/workbench/after-start.ts"),
      loadEngine(host) {
        started.push(host);
        const sandbox = {
          boot: vi.fn(boots[host]),
          dispose: () => Promise.resolve(void disposed.push(host)),
          events: fakeEvents(),
          files: { list: () => [], write: vi.fn(), delete: vi.fn() },
          queue: { jobs: () => Promise.resolve([]), processes: () => Promise.resolve([]) },
          processes: { list: () => [] },
        };
        const image = {} as BootImageSource;
        return Promise.resolve({ sandbox: sandbox as unknown as Sandbox, image, needsReload });
      },
    });
  return { create, storage, started, disposed };
}

const comes = () => Promise.resolve();

function benchOf(session: ReturnType<typeof createSession>): Bench {
  const state = session.state.value;
  if (state.name !== "ready") throw new Error(`The session is ${state.name}`);
  return state.bench;
}

describe("a choice", () => {
  test("is the tab, until the learner takes another, which is remembered", async () => {
    const { create, started } = sessionOn({ tab: comes, webcontainer: comes });
    const first = create();
    expect(first.host.value).toBe("tab");
    first.chooseHost("webcontainer");
    expect(started).toEqual([]); // nothing is loaded before Start
    const second = create();
    await second.start();
    expect(started).toEqual(["webcontainer"]);
    expect(benchOf(second).host.name).toBe("webcontainer");
    await second.dispose();
  });

  test("of a place that the site does not offer any more is the tab", () => {
    const storage = memoryStorage();
    storage.setItem("perform-later:host", "webcontainer");
    expect(loadHost(storage, ["tab"])).toBe("tab");
    expect(loadHost(storage, ["tab", "webcontainer"])).toBe("webcontainer");
  });
});

describe("a host that does not come", () => {
  test.each([
    new BootError("It did not start"),
    new SandboxError("It was lost"),
    new ProcessStartError("The process web (pid 101) has ended: ran out of memory"),
    new TypeError("x"),
  ])("leaves the learner's files to the tab: $name", async (error) => {
    const tab = vi.fn<Boot>(comes);
    const webcontainer = () => Promise.reject(error);
    const { create, started, disposed } = sessionOn({ tab, webcontainer }, () => true);
    const session = create();
    session.chooseHost("webcontainer");
    await session.start();
    expect(started).toEqual(["webcontainer", "tab"]);
    expect(disposed).toEqual(["webcontainer"]);
    expect(tab.mock.calls[0]?.[0].files).toEqual({ "a.rb": "mine" });
    const { host } = benchOf(session);
    expect(host.name).toBe("tab");
    expect(host.fallback?.reason).toBe(`${error.message}.`);
    expect(host.fallback?.needsReload()).toBe(true);
    expect(session.host.value).toBe("webcontainer"); // what the learner wants has not changed
    await session.dispose();
  });

  test("is tried again when asked, in the same page where that works", async () => {
    const webcontainer = vi.fn<Boot>(comes).mockRejectedValueOnce(new BootError("Refused"));
    const { create, started } = sessionOn({ tab: comes, webcontainer });
    const session = create();
    session.chooseHost("webcontainer");
    await session.start();
    await benchOf(session).restart();
    expect(started).toEqual(["webcontainer", "tab", "webcontainer"]);
    expect(benchOf(session).host).toMatchObject({ name: "webcontainer", fallback: null });
    await session.dispose();
  });

  test("does not answer for the learner's code: that would fail in the tab too", async () => {
    const ruby = { className: "SyntaxError", message: "", backtrace: [], location: null };
    const error = new ProcessStartError("syntax error in a.rb", ruby);
    const webcontainer = () => Promise.reject(error);
    const { create, started } = sessionOn({ tab: comes, webcontainer });
    const session = create();
    session.chooseHost("webcontainer");
    await session.start();
    // Once with their files, once with the lesson's.
    expect(started).toEqual(["webcontainer", "webcontainer"]);
    expect(session.state.value).toEqual({ name: "failed", message: "syntax error in a.rb." });
  });

  test("starts nothing in the tab once the learner has cancelled", async () => {
    const waits: Boot = ({ signal }) =>
      new Promise((_, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason as Error)),
      );
    const { create, started } = sessionOn({ tab: comes, webcontainer: waits });
    const session = create();
    session.chooseHost("webcontainer");
    const start = session.start();
    await vi.waitFor(() => expect(started).toEqual(["webcontainer"]));
    session.cancel();
    await start;
    expect(started).toEqual(["webcontainer"]);
    expect(session.state.value.name).toBe("idle");
  });
});

describe("on the page", () => {
  let root: HTMLElement;
  beforeEach(() => {
    root = document.createElement("div");
    document.body.append(root);
  });
  afterEach(() => {
    render(null, root);
    root.remove();
  });
  const button = (name: string) =>
    [...root.querySelectorAll("button")].find((each) => each.textContent?.trim() === name);

  test("the dialog says what each host can do and why not, and whose terms hold", async () => {
    const onChoose = vi.fn();
    const dialog = (
      <HostDialog chosen="tab" running={false} onChoose={onChoose} onClose={vi.fn()} />
    );
    await act(() => render(dialog, root));
    const items = [...root.querySelectorAll("li")];
    expect(items).toHaveLength(10);
    for (const host of Object.values(HOSTS))
      for (const can of Object.values(host.capabilities))
        if (can !== true) expect(root.textContent).toContain(can.slice(1));
    const radio = root.querySelector<HTMLInputElement>('input[value="webcontainer"]');
    await act(() => radio?.click());
    expect(root.textContent).toContain("commercial use in production needs a licence");
    expect(root.textContent).toContain("on the real one it was never run");
    await act(() => button("Use the WebContainer")?.click());
    expect(onChoose).toHaveBeenCalledExactlyOnceWith("webcontainer");
  });

  test("the notice of a fallback offers another try, and the tab for good", async () => {
    const { bench } = recordedBench();
    let stuck = false;
    bench.host.fallback = { reason: "It did not come.", needsReload: () => stuck };
    bench.restart = vi.fn(() => Promise.resolve());
    bench.host.remember = vi.fn();
    await act(() => render(<FallbackNotice bench={bench} />, root));
    expect(root.querySelector("[role=alert]")?.textContent).toBe(
      "It did not come. So everything runs in this tab, with your files.",
    );
    await act(() => button("Try again")?.click());
    expect(bench.restart).toHaveBeenCalledOnce();

    stuck = true;
    render(null, root);
    await act(() => render(<FallbackNotice bench={bench} />, root));
    expect(button("Reload and try again")).toBeDefined();
    await act(() => button("Stay in the tab")?.click());
    expect(bench.host.remember).toHaveBeenCalledWith("tab");
    expect(root.textContent).toBe("");
    await bench.dispose();
  });

  test("a sandbox that is lost is started again in the same page", async () => {
    const { bench, events } = recordedBench();
    bench.restart = vi.fn(() => Promise.resolve());
    await act(() => render(<LostNotice bench={bench} />, root));
    expect(root.textContent).toBe("");
    await act(() => events.emit({ type: "database.stopped", reason: "The container was lost." }));
    expect(root.querySelector("[role=alert]")?.textContent).toMatch(
      /^The container was lost. Your/,
    );
    await act(() => button("Start it again")?.click());
    expect(bench.restart).toHaveBeenCalledOnce();
    await bench.dispose();
  });

  test("a sandbox that was gone before the notice was there is told of all the same", async () => {
    const { bench, events } = recordedBench();
    events.emit({ type: "database.stopped", reason: "The container was lost." });
    await act(() => render(<LostNotice bench={bench} />, root));
    expect(root.querySelector("[role=alert]")?.textContent).toContain("The container was lost.");
    await bench.dispose();
  });

  test("what the page's policy blocks is told, until nobody asks any more", () => {
    const report = vi.fn();
    const stop = watchBlocked(report);
    const block = (blockedURI: string, effectiveDirective: string, disposition = "enforce") =>
      document.dispatchEvent(
        Object.assign(new Event("securitypolicyviolation"), {
          ...{ blockedURI, effectiveDirective, disposition },
        }),
      );
    block("https://a.example/question", "connect-src");
    block("https://a.example/reported", "connect-src", "report");
    block("https://a.example/reported", "frame-src", "report");
    block("https://a.example/", "frame-src");
    stop();
    block("https://a.example/", "frame-src");
    expect(report.mock.calls).toEqual([
      ["https://a.example/question", "request"],
      ["https://a.example/", "frame"],
    ]);
  });

  test("KILL promises no more than the host keeps", async () => {
    const { bench } = recordedBench();
    const [process] = RECORDED.processes;
    if (!process) throw new Error("no process was recorded");
    Object.assign(bench.sandbox, { capabilities: WEBCONTAINER_CAPABILITIES });
    const buttons = <SignalButtons process={process} signals={["KILL"]} bench={bench} />;
    await act(() => render(buttons, root));
    expect(button("KILL")?.title).toContain(WEBCONTAINER_CAPABILITIES.hardKill);
    await bench.dispose();
  });
});
