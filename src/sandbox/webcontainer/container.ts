/**
 * Boots StackBlitz's container, or says why it did not come. Its client's own `boot()` never settles when
 * the service cannot be reached (seen with @webcontainer/api 1.6.4), so time is limited here.
 */
import type { WebContainer } from "@webcontainer/api";
import { BootError } from "../sandbox.ts";

const SERVICE = "https://stackblitz.com";
/** How long a container may take, in ms: the limit that StackBlitz's own bolt.new has. */
const LIMIT_MS = 30_000;
/** The same where the service seems out of reach. A hint only: a policy may block the question and not the frame. */
const UNREACHABLE_LIMIT_MS = 5_000;
const PROBE_MS = 4_000;

export interface ContainerOptions {
  /** Of StackBlitz, for sites that have one. */
  apiKey?: string | undefined;
  limitMs?: number | undefined;
  unreachableLimitMs?: number | undefined;
  /**
   * Calls back with the blocked address when the page's Content-Security-Policy blocks something, until the
   * returned function is called. The page hands it in: the engine knows no DOM.
   */
  watchBlocked?: ((report: (address: string) => void) => () => void) | undefined;
}

/** One a page, says the client; a boot that never settled blocks every later one until the page is loaded again. */
let taken: "free" | "in use" | "stuck" = "free";

/** Ends the container; the page may then boot another. */
export type Release = () => void;

/** Rejects with BootError, whose sentence is for the learner, or with the signal's reason. */
export async function bootContainer(
  options: ContainerOptions,
  signal: AbortSignal,
): Promise<{ container: WebContainer; release: Release }> {
  requireFree();
  taken = "in use";
  const watch = new AbortController();
  let lost = false;
  let settled = false;
  const given = startContainer(options).finally(() => (settled = true));
  // Late arrivals must not live on.
  given.then(
    (container) => lost && giveBack(container),
    () => (taken = "free"),
  );
  try {
    const failed = failure(options, AbortSignal.any([signal, watch.signal]), signal);
    const container = await Promise.race([given, failed]);
    return { container, release: () => giveBack(container) };
  } catch (error) {
    lost = true;
    if (!settled) taken = "stuck";
    throw signal.aborted ? signal.reason : explained(error);
  } finally {
    watch.abort();
  }
}

function requireFree(): void {
  if (taken === "in use") {
    throw new BootError(
      "This page has a WebContainer already, and there can be one. Stop it first.",
    );
  }
  if (taken === "stuck") {
    throw new BootError(
      "The last start of the WebContainer was never answered. Reload the page to try it again.",
    );
  }
  // Node has no such word, and needs none: there SharedArrayBuffer is always there.
  if (globalThis.crossOriginIsolated === false) {
    throw new BootError(
      "A WebContainer needs a page that is cross-origin isolated, and this one is not: the site must " +
        "send the headers Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy.",
    );
  }
}

async function startContainer({ apiKey }: ContainerOptions): Promise<WebContainer> {
  const { WebContainer, configureAPIKey } = await import("@webcontainer/api");
  if (apiKey && !configured) {
    configureAPIKey(apiKey); // throws once a boot was tried
    configured = true;
  }
  return WebContainer.boot({ coep: "require-corp", workdirName: "perform-later" });
}
let configured = false;

function giveBack(container: WebContainer): void {
  container.teardown();
  taken = "free";
}

/** Rejects when the container will not come. */
async function failure(
  options: ContainerOptions,
  over: AbortSignal,
  cancelled: AbortSignal,
): Promise<never> {
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
    if (cancelled.aborted) reject(cancelled.reason);
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

function explained(error: unknown): Error {
  if (error instanceof BootError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new BootError(`The WebContainer refused to start (${message}).`, { cause: error });
}
