/**
 * Says when the container will not come. StackBlitz's client never does: its `boot()` does not settle when the
 * service cannot be reached (seen with @webcontainer/api 1.6.4).
 */
import { BootError } from "../sandbox.ts";

const SERVICE = "https://stackblitz.com";
/** How long a container may take, in ms: the limit that StackBlitz's own bolt.new has. */
const LIMIT_MS = 30_000;
/** The same where a request to the service fails, though the page's policy lets it go. A hint only. */
const UNREACHABLE_LIMIT_MS = 5_000;
/** A request that takes longer than this, in ms, has a slow network, which then has more time. */
const SLOW_MS = 4_000;
const SLOW_LIMIT_MS = 180_000;

/** What the page's Content-Security-Policy keeps from the service: its frame, or a script's request. */
export type Blocked = "frame" | "request";

export interface ArrivalOptions {
  limitMs?: number | undefined;
  unreachableLimitMs?: number | undefined;
  slowMs?: number | undefined;
  slowLimitMs?: number | undefined;
  /**
   * Calls back with the blocked address when the page's Content-Security-Policy blocks something, until the
   * returned function is called. The page hands it in: the engine knows no DOM.
   */
  watchBlocked?: ((report: (address: string, what: Blocked) => void) => () => void) | undefined;
}

/**
 * Never resolves; rejects with BootError once the container will not come.
 * @param over ends the watch
 */
export async function noArrival(options: ArrivalOptions, over: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const { limitMs = LIMIT_MS, unreachableLimitMs = UNREACHABLE_LIMIT_MS } = options;
  const { slowMs = SLOW_MS, slowLimitMs = SLOW_LIMIT_MS } = options;
  const service = serviceOrigin();
  let timer: ReturnType<typeof setTimeout>;
  const limit = (ms: number, error: BootError) => {
    clearTimeout(timer);
    timer = setTimeout(() => reject(error), ms);
  };
  limit(limitMs, tooLate(limitMs));
  const slow = setTimeout(() => limit(slowLimitMs, tooLate(slowMs + slowLimitMs)), slowMs);
  let mayAsk = true;
  const stopWatching = options.watchBlocked?.((address, what) => {
    if (over.aborted || !address.startsWith(service)) return;
    if (what === "frame") return reject(blocked(service));
    if (!mayAsk) return;
    // Then the request's failure, which is told before or after this, says nothing of the service.
    mayAsk = false;
    limit(limitMs, tooLate(limitMs));
  });
  over.addEventListener("abort", () => {
    clearTimeout(timer);
    clearTimeout(slow);
    stopWatching?.();
  });
  void reachable(service, over).then((found) => {
    if (over.aborted) return;
    clearTimeout(slow);
    if (!found && mayAsk) limit(Math.min(limitMs, unreachableLimitMs), unreachable(service));
  });
  return promise;
}

/** The client reads the same name, which is not documented: tests point it at a service of their own. */
function serviceOrigin(): string {
  const { WEBCONTAINER_API_IFRAME_URL } = globalThis as { WEBCONTAINER_API_IFRAME_URL?: string };
  return new URL(WEBCONTAINER_API_IFRAME_URL ?? SERVICE).origin;
}

/** False only for a clear no; may take as long as the network does. */
function reachable(service: string, signal: AbortSignal): Promise<boolean> {
  return fetch(`${service}/headless`, { mode: "no-cors", cache: "no-store", signal }).then(
    () => true,
    () => false,
  );
}

const tooLate = (limitMs: number) =>
  new BootError(`The WebContainer did not start within ${Math.round(limitMs / 1000)} seconds.`);

const unreachable = (service: string) =>
  new BootError(`The WebContainer's service (${service}) cannot be reached from here.`);

const blocked = (service: string) =>
  new BootError(`The Content-Security-Policy of this page blocks frames of ${service}.`);
