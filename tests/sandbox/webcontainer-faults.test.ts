/** What a learner is told when the container does not come, or is lost; nothing may hang or live on. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { ContainerService } from "./support/container-service/service.ts";
import { loadRunner } from "./support/runner.ts";
import { bootTestSandbox, ruby, until } from "./support/sandbox.ts";
import { linesOf } from "./support/stream.ts";
import type { createWebContainerSandbox } from "./support/webcontainer.ts";

type Create = typeof createWebContainerSandbox;

let service: ContainerService;
let create: Create;

// A fresh page each time: the client keeps its frame, and the host its one container, for a page's life.
beforeEach(async () => {
  vi.resetModules();
  const { ContainerService: Service } = await import("./support/container-service/service.ts");
  service = await Service.start();
  ({ createWebContainerSandbox: create } = await import("./support/webcontainer.ts"));
  await import("@webcontainer/api"); // short limits are not for its loading
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await service.stop();
  // Whatever happened to it, the page has the learner's files.
  expect(sandbox.files.readText(MINE)).toBe(EDITED[MINE]);
});

const MINE = "lib/mine.rb";
const EDITED = { [MINE]: "# mine" };

/** The last one that was made. */
let sandbox: Sandbox;

const boot = (options: Parameters<Create>[0] = {}) =>
  bootTestSandbox({
    files: EDITED,
    create: () => (sandbox = create({ loadRunner, ...options })),
  });

describe("a container that does not come", () => {
  test("is not waited for longer than the limit, and asks for a reload", async () => {
    service.faults = { hello: "never" };
    await expect(boot({ limitMs: 50 })).rejects.toThrow("did not start within");
    await expect(boot()).rejects.toThrow("Reload the page to try it again");
    await service.framed();
    expect(service.frames).toHaveLength(1);
  });

  test("that answers late is torn down", async () => {
    const hello = Promise.withResolvers<void>();
    service.faults = { hello: hello.promise };
    await expect(boot({ limitMs: 50 })).rejects.toThrow("did not start within");
    hello.resolve();
    await service.built();
    await service.torndown();
    // The page is free again.
    const next = await boot();
    expect(await ruby(next, "1 + 1")).toBe("2");
    await next.dispose();
  });

  test("is not asked for by a page that is not isolated", async () => {
    vi.stubGlobal("crossOriginIsolated", false);
    await expect(boot()).rejects.toThrow("Cross-Origin-Embedder-Policy");
    expect(service.frames).toEqual([]);
  });

  test("whose service is out of reach is waited for less long", async () => {
    service.faults = { hello: "never" };
    await service.refuseConnections();
    await expect(boot({ unreachableLimitMs: 50 })).rejects.toThrow("cannot be reached from here");
  });

  test("that the page's policy blocks is not waited for", async () => {
    service.faults = { hello: "never" };
    const stop = vi.fn();
    const booting = boot({
      watchBlocked(report) {
        report("https://elsewhere.example/", "frame");
        report(`${service.origin}/headless`, "frame");
        return stop;
      },
    });
    await expect(booting).rejects.toThrow("Content-Security-Policy of this page blocks");
    expect(stop).toHaveBeenCalledOnce();
  });

  test("that refuses says why", async () => {
    service.faults = { refuses: "too many sessions" };
    await expect(boot()).rejects.toThrow("refused to start (too many sessions)");
    service.faults = {};
    await (await boot()).dispose();
  });

  test("that cannot start Node says why, and is given back", async () => {
    service.faults = { spawnRefuses: "Out of memory: Cannot allocate Wasm memory" };
    await expect(boot()).rejects.toThrow("could not start Node (Out of memory");
    await service.torndown();
  });

  test("whose Node has no memory left says what it said", async () => {
    // Enough for V8 to start, so that it prints frames of its stack after the reason.
    service.faults = { memoryMb: 8 };
    const reason = /ended with status 134\. It said: FATAL ERROR: .*JavaScript heap out of memory/;
    await expect(boot()).rejects.toThrow(reason);
    await service.torndown();
  });

  test("whose Node dies as Rails starts is not waited for", async () => {
    service.faults = { dies: true };
    await expect(boot()).rejects.toThrow("was lost: its Node process ended with status 137");
    await service.torndown();
  });

  test("whose Node says nothing is not waited for for ever, and leaves the page free", async () => {
    service.faults = { mute: true };
    await expect(boot({ bringUpLimitMs: 1_000 })).rejects.toThrow("did not come up");
    await service.torndown();
    service.faults = {};
    await (await boot()).dispose();
  });

  test("is given up at once when the learner cancels", async () => {
    service.faults = { hello: "never" };
    const cancel = new AbortController();
    sandbox = create({ loadRunner });
    const booting = sandbox.boot({
      files: EDITED,
      image: { load: never, files: () => Promise.resolve({}) },
      signal: cancel.signal,
    });
    const reason = new Error("cancelled");
    await service.framed();
    cancel.abort(reason);
    await expect(booting).rejects.toBe(reason);
    expect(sandbox.files.list()).toEqual(Object.keys(EDITED));
  });

  test("is waited for on, where the learner cancels and starts again", async () => {
    const hello = Promise.withResolvers<void>();
    service.faults = { hello: hello.promise };
    const cancel = new AbortController();
    sandbox = create({ loadRunner });
    const image = { load: never, files: () => Promise.resolve({}) };
    const booting = sandbox.boot({ files: EDITED, image, signal: cancel.signal });
    await service.framed();
    cancel.abort(new Error("cancelled"));
    await expect(booting).rejects.toThrow("cancelled");
    const again = boot();
    hello.resolve();
    const next = await again;
    expect(service.frames).toHaveLength(1);
    await next.dispose();
    await service.torndown();
  });

  test("is not asked for by a learner who cancelled while the client was loading", async () => {
    const cancel = new AbortController();
    const { bootContainer } = await import("../../src/sandbox/webcontainer/container.ts");
    const booting = bootContainer({}, cancel.signal);
    cancel.abort(new Error("cancelled"));
    await expect(booting).rejects.toThrow("cancelled");
    await import("@webcontainer/api");
    await (await boot()).dispose();
    await service.torndown();
    // The one frame is that of the boot that was wanted.
    expect(service.builds).toBe(1);
  });
});

describe("a container that is lost", () => {
  test("rejects what waits, and keeps the learner's files", async () => {
    await boot();
    const waiting = sandbox.evaluate("sleep 60");
    const complaint = expect(waiting).rejects.toThrow(/was lost: its Node process ended/);
    service.killProcesses();
    await complaint;
    await expect(sandbox.queue.counts()).rejects.toThrow("was lost");
    expect(sandbox.processes.list().filter(({ status }) => status !== "exited")).toEqual([]);
    const told = sandbox.events.history().slice(-2);
    expect(told.map(({ type }) => type)).toEqual(["process.exited", "database.stopped"]);
    await sandbox.dispose();
    await service.torndown();
  });

  test("because it is frozen, is noticed; busy Ruby is not that", async () => {
    await boot({ heartbeat: { everyMs: 250, unanswered: 20 } });
    const [node] = [...service.instances].flatMap(({ processes }) => processes);
    let answers = 0;
    node?.child.stdout?.on("data", (data: Buffer) => {
      answers += data.toString("latin1").split('"pong"').length - 1;
    });
    const busy = sandbox.evaluate('STDOUT.puts "busy"; loop { }');
    const complaint = expect(busy).rejects.toThrow("was lost: it does not answer any more");
    await until(() => linesOf(sandbox, "busy").length > 0 && answers > 4, "it answers while busy");
    const shell = await sandbox.shell?.open({
      ...{ size: { cols: 80, rows: 24 }, commands: [] },
      run: () => Promise.resolve({ output: "", failed: false }),
    });
    service.freezeProcesses();
    await complaint;
    await expect(shell?.exit).rejects.toThrow("was lost");
    await expect(sandbox.queue.counts()).rejects.toThrow("was lost");
    expect(sandbox.processes.list().filter(({ status }) => status !== "exited")).toEqual([]);
    expect(sandbox.events.history().at(-1)?.type).toBe("database.stopped");
    await sandbox.dispose();
    await service.torndown();
    await (await boot()).dispose();
  });

  test("without an exit status rejects what waits all the same", async () => {
    service.faults = { losesExit: true };
    await boot({ exitMs: 50 });
    const waiting = sandbox.evaluate("sleep 60");
    const complaint = expect(waiting).rejects.toThrow(/was lost: the output of its Node/);
    service.killProcesses();
    await complaint;
    await sandbox.dispose();
    await service.torndown();
  });

  test("while it is torn down does not spoil the next one", async () => {
    service.faults = { teardownRefuses: "no such container" };
    const complaint = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const first = await boot();
    await first.dispose();
    await service.torndown();
    service.faults = {};
    const second = await boot();
    expect(await ruby(second, "1 + 1")).toBe("2");
    expect(complaint).toHaveBeenCalledOnce();
    complaint.mockRestore();
    await second.dispose();
  });

  test("by a damaged message ends with its container, where a busy Node ignores kill", async () => {
    service.faults = { ignoresKill: true };
    await boot();
    const busy = sandbox.evaluate('STDOUT.puts "busy"; loop { }');
    const complaint = expect(busy).rejects.toThrow(
      "was lost: a message from it came damaged: a part of it is missing",
    );
    await until(() => linesOf(sandbox, "busy").length > 0, "the code runs");
    const [instance] = service.instances;
    const node = instance?.processes[0];
    const asked = vi.spyOn(node as { kill(): void }, "kill");
    service.damageMessages();
    await complaint;
    await until(() => asked.mock.calls.length > 0, "Node is asked to end");
    expect(node?.child.signalCode).toBeNull();
    await sandbox.dispose();
    await service.torndown();
    expect(node?.child.signalCode).toBe("SIGKILL");
    await (await boot()).dispose();
  });

  test("is not lost where characters come in pieces", async () => {
    service.faults = { splitsCharacters: true };
    await boot();
    const said = "é 日本 \u{1F600}";
    sandbox.files.write("lib/said.rb", `# ${said}`);
    const { output } = await sandbox.evaluate('print File.read("lib/said.rb")');
    expect(output).toBe(`# ${said}`);
    expect(sandbox.files.readText("lib/said.rb")).toBe(`# ${said}`);
    await sandbox.dispose();
  });

  test("has a shell all the same where it has no chmod", async () => {
    service.faults = { lacks: ["chmod"] };
    const complaint = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await boot();
    const run = () => Promise.resolve({ output: "asked", failed: false });
    const size = { cols: 80, rows: 24 };
    const session = await sandbox.shell?.open({ size, commands: ["bin/rails"], run });
    session?.write("node bin/rails && exit 3\r");
    expect(await session?.exit).toBe(3);
    expect(complaint).toHaveBeenCalledOnce();
    complaint.mockRestore();
    await sandbox.dispose();
  });

  test("leaves room for the next one", async () => {
    const first = await boot();
    await expect(boot()).rejects.toThrow("This page has a WebContainer already");
    await first.dispose();
    const second = await boot();
    expect(await ruby(second, "Photo.count")).toBe("0");
    await second.dispose();
  });
});

const never = () => new Promise<never>(() => undefined);
