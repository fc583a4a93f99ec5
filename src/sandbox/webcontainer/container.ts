/** Boots StackBlitz's container, one a page, or says why it did not come. */
import type { WebContainer } from "@webcontainer/api";
import { BootError } from "../sandbox.ts";
import { noArrival, type ArrivalOptions } from "./arrival.ts";

export interface ContainerOptions extends ArrivalOptions {
  /** Of StackBlitz, for sites that have one. */
  apiKey?: string | undefined;
}

/** A call of the client's `boot` that has not settled. */
interface Coming {
  given: Promise<WebContainer>;
  /** Somebody waits for it; else it is torn down when it comes. */
  wanted: boolean;
}

/**
 * One a page, says the client; a boot that never settled blocks every later one until the page is loaded again.
 * `given up`: a learner cancelled; the next start waits for the same one.
 */
let taken: "free" | "in use" | "given up" | "stuck" = "free";
let coming: Coming | null = null;
/** Until the last container has ended: the client's next boot would wait for that, without a limit. */
let leaving: Promise<unknown> = Promise.resolve();

/** True where only a reload of the page can bring a container. */
export function needsReload(): boolean {
  return taken === "stuck";
}

/** Ends the container; the page may then boot another. */
export type Release = () => void;

/** Rejects with BootError, whose sentence is for the learner, or with the signal's reason. */
export async function bootContainer(
  options: ContainerOptions,
  signal: AbortSignal,
): Promise<{ container: WebContainer; release: Release }> {
  requireFree();
  taken = "in use";
  const over = new AbortController();
  const boot = (coming ??= start(options));
  boot.wanted = true;
  try {
    const container = await Promise.race([
      boot.given,
      noArrival(options, over.signal),
      cancellation(signal, over.signal),
    ]);
    return { container, release: () => giveBack(container) };
  } catch (error) {
    boot.wanted = false;
    if (coming === boot) taken = signal.aborted ? "given up" : "stuck";
    // It came in the very moment.
    else void boot.given.then(giveBack, () => undefined);
    throw signal.aborted ? signal.reason : explained(error);
  } finally {
    over.abort();
  }
}

function start(options: ContainerOptions): Coming {
  const boot: Coming = {
    given: leaving.then(() => startContainer(options, () => boot.wanted)),
    wanted: true,
  };
  boot.given.then(
    (container) => {
      coming = null;
      // Late arrivals must not live on.
      if (!boot.wanted) giveBack(container);
    },
    () => {
      coming = null;
      taken = "free";
    },
  );
  return boot;
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

async function startContainer(
  { apiKey }: ContainerOptions,
  wanted: () => boolean,
): Promise<WebContainer> {
  const { WebContainer, configureAPIKey } = await import("@webcontainer/api");
  if (!wanted()) throw new BootError("The start of the WebContainer was cancelled.");
  if (apiKey && !configured) {
    configureAPIKey(apiKey); // throws once a boot was tried
    configured = true;
  }
  return WebContainer.boot({ coep: "require-corp", workdirName: "perform-later" });
}
let configured = false;

function giveBack(container: WebContainer): void {
  taken = "free";
  const client = container.constructor as TeardownOfClient;
  try {
    container.teardown();
  } catch (error) {
    console.warn(error);
  }
  const teardown = client._teardownPromise;
  leaving = Promise.resolve(teardown).catch((error: unknown) => {
    console.warn(error);
    // The client would reject every later boot with it, though it has forgotten the container.
    if (client._teardownPromise === teardown) client._teardownPromise = null;
  });
}

/**
 * The client's own, in no document (@webcontainer/api 1.6.4). What it documents does not do: `teardown()` returns
 * nothing, and once that has failed every later `boot()` rejects with its error. A client without it is used as it
 * is; a test notices.
 */
interface TeardownOfClient {
  _teardownPromise?: Promise<void> | null;
}

/** Rejects with the signal's reason when it is aborted. */
function cancellation(signal: AbortSignal, over: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const cancel = () => reject(signal.reason as Error);
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true, signal: over });
  return promise;
}

function explained(error: unknown): Error {
  if (error instanceof BootError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new BootError(`The WebContainer refused to start (${message}).`, { cause: error });
}
