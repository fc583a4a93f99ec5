import { expect, test, vi } from "vitest";
import { memoryStorage } from "../../../src/course/storage.ts";
import type { BootImageSource, BootOptions, Sandbox } from "../../../src/sandbox/sandbox.ts";
import { createSession } from "../../../src/workbench/session/session.ts";
import { whatIsMissing } from "../../../src/workbench/start/isolation.ts";
import { fakeEvents } from "../support/fake-sandbox.ts";

const lesson = { slug: "one", title: "One", focus: ["a.rb"], open: "a.rb" };
const image = {} as BootImageSource;

function sessionWith(boot: (options: BootOptions) => Promise<void>) {
  const sandbox = {
    boot: vi.fn(boot),
    dispose: vi.fn(() => Promise.resolve()),
    events: fakeEvents(),
    files: { write: vi.fn(), delete: vi.fn() },
    queue: { jobs: () => Promise.resolve([]), processes: () => Promise.resolve([]) },
    processes: { list: () => [] },
  };
  const files = { slug: "one", files: { "a.rb": "a" }, solution: {}, check: "", variants: {} };
  const storage = memoryStorage();
  storage.setItem("perform-later:edits:one", '{"version":1,"files":{"a.rb":"mine"}}');
  const session = createSession(lesson, {
    storage,
    loadFiles: () => Promise.resolve(files),
    loadEngine: () => Promise.resolve({ sandbox: sandbox as unknown as Sandbox, image }),
  });
  return { session, sandbox };
}

test("a session boots the app with the learner's edits laid over it", async () => {
  const { session, sandbox } = sessionWith(() => Promise.resolve());
  await session.start();
  expect(session.state.value.name).toBe("ready");
  expect(sandbox.boot.mock.calls[0]?.[0].files).toEqual({ "a.rb": "mine" });
  await session.dispose();
  expect(sandbox.dispose).toHaveBeenCalledOnce();
});

test("a failed start says why, releases everything and can be tried again", async () => {
  let tries = 0;
  const { session, sandbox } = sessionWith(() =>
    ++tries === 1 ? Promise.reject(new Error("The server answered 404")) : Promise.resolve(),
  );
  await session.start();
  expect(session.state.value).toEqual({ name: "failed", message: "The server answered 404." });
  expect(sandbox.dispose).toHaveBeenCalledOnce();
  await session.start();
  expect(session.state.value.name).toBe("ready");
  await session.dispose();
});

test("a cancelled start ends in the beginning", async () => {
  const { session } = sessionWith(
    ({ signal }) =>
      new Promise((_, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason as Error)),
      ),
  );
  const started = session.start();
  await vi.waitFor(() => expect(session.state.value.name).toBe("starting"));
  session.cancel();
  await started;
  expect(session.state.value.name).toBe("idle");
});

test("what is missing is said in a sentence", () => {
  const all = { crossOriginIsolated: true, isSecureContext: true, hasWebAssembly: true };
  expect(whatIsMissing(all)).toBeNull();
  expect(whatIsMissing({ ...all, crossOriginIsolated: false })).toContain("Embedder-Policy");
  expect(whatIsMissing({ ...all, isSecureContext: false })).toContain("HTTPS");
  expect(whatIsMissing({ ...all, hasWebAssembly: false })).toContain("WebAssembly");
});
