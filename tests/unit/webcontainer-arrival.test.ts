/** How long a container is waited for, as the network is. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noArrival, type Blocked } from "../../src/sandbox/webcontainer/arrival.ts";

const LIMITS = { limitMs: 30_000, unreachableLimitMs: 5_000, slowMs: 4_000, slowLimitMs: 90_000 };
const failed = vi.fn<(reason: Error) => void>();
let probe: PromiseWithResolvers<Response>;
let over: AbortController;
let report: (address: string, what: Blocked) => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  probe = Promise.withResolvers();
  vi.stubGlobal("fetch", () => probe.promise);
  over = new AbortController();
  const watchBlocked = (tell: typeof report) => {
    report = tell;
    return () => undefined;
  };
  noArrival({ ...LIMITS, watchBlocked }, over.signal).catch(failed);
});
afterEach(() => {
  over.abort();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const said = () => failed.mock.calls[0]?.[0].message;

test("a service that answers at once has the usual limit", async () => {
  probe.resolve(new Response());
  await vi.advanceTimersByTimeAsync(29_000);
  expect(failed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(said()).toContain("did not start within 30 seconds");
});

test("a network that answers late has more time, whatever it says in the end", async () => {
  await vi.advanceTimersByTimeAsync(20_000);
  probe.resolve(new Response());
  await vi.advanceTimersByTimeAsync(73_000);
  expect(failed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(said()).toContain("did not start within 94 seconds");
});

test("a network that never answers is not waited for for ever", async () => {
  await vi.advanceTimersByTimeAsync(94_000);
  expect(said()).toContain("did not start within 94 seconds");
});

test.each([0, 20_000])("a refusal after %i ms is soon enough said", async (ms) => {
  await vi.advanceTimersByTimeAsync(ms);
  probe.reject(new TypeError("Failed to fetch"));
  await vi.advanceTimersByTimeAsync(4_900);
  expect(failed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100);
  expect(said()).toContain("cannot be reached from here");
});

test.each(["before", "after"])(
  "a request that the policy blocked is no refusal: told %s it fails",
  async (when) => {
    if (when === "before") report("https://stackblitz.com/headless", "request");
    probe.reject(new TypeError("Failed to fetch"));
    await vi.advanceTimersByTimeAsync(10);
    if (when === "after") report("https://stackblitz.com/headless", "request");
    await vi.advanceTimersByTimeAsync(29_900);
    expect(failed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(said()).toContain("did not start within 30 seconds");
  },
);

test("a frame that the policy blocks is not waited for", async () => {
  report("https://elsewhere.example/", "frame");
  report("https://elsewhere.example/", "request");
  await vi.advanceTimersByTimeAsync(0);
  expect(failed).not.toHaveBeenCalled();
  report("https://stackblitz.com/headless", "frame");
  await vi.advanceTimersByTimeAsync(0);
  expect(said()).toContain("Content-Security-Policy of this page blocks frames");
});

test("nothing is said once it is over", async () => {
  over.abort();
  probe.reject(new TypeError("Failed to fetch"));
  report("https://stackblitz.com/headless", "request");
  await vi.advanceTimersByTimeAsync(200_000);
  expect(failed).not.toHaveBeenCalled();
});
