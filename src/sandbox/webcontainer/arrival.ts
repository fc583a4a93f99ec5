/**
 * Says when the container will not come. StackBlitz's client never does: its `boot()` does not settle when the
 * service cannot be reached (seen with @webcontainer/api 1.6.4).
 */
import { BootError } from "../sandbox.ts";

const SERVICE = "https://stackblitz.com";
/** How long a container may take, in ms: the limit that StackBlitz's own bolt.new has. */
const LIMIT_MS = 30_000;
/** The same where the service seems out of reach. A hint only: a policy may block the question and not the frame. */
const UNREACHABLE_LIMIT_MS = 5_000;
const PROBE_MS = 4_000;

export interface ArrivalOptions {
  limitMs?: number | undefined;
  unreachableLimitMs?: number | undefined;
  /**
   * Calls back with the blocked address when the page's Content-Security-Policy blocks a frame, until the
   * returned function is called. The page hands it in: the engine knows no DOM.
   */
  watchBlocked?: ((report: (address: string) => void) => () => void) | undefined;
}

/**
 * Never resolves; rejects with BootError once the container will not come.
 * @param over ends the watch
 */
export async function noArrival(options: ArrivalOptions, over: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const { limitMs = LIMIT_MS, unreachableLimitMs = UNREACHABLE_LIMIT_MS } = options;
  const service = serviceOrigin();
  let timer = setTimeout(() => reject(tooLate(limitMs)), limitMs);
  const stopWatching = options.watchBlocked?.((address) => {
    if (address.startsWith(service)) reject(blocked(service));
  });
  over.addEventListener("abort", () => {
    clearTimeout(timer);
    stopWatching?.();
  });
  void reachable(service, over).then((found) => {
    if (found || over.aborted) return;
    clearTimeout(timer);
    const shorter = Math.min(limitMs, unreachableLimitMs);
    timer = setTimeout(() => reject(unreachable(service)), shorter);
  });
  return promise;
}

/** The client reads the same name, which is not documented: tests point it at a service of their own. */
function serviceOrigin(): string {
  const { WEBCONTAINER_API_IFRAME_URL } = globalThis as { WEBCONTAINER_API_IFRAME_URL?: string };
  return new URL(WEBCONTAINER_API_IFRAME_URL ?? SERVICE).origin;
}

function reachable(service: string, over: AbortSignal): Promise<boolean> {
  const signal = AbortSignal.any([over, AbortSignal.timeout(PROBE_MS)]);
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
