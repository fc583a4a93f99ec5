/** Boots StackBlitz's container, one a page, or says why it did not come. */
import type { WebContainer } from "@webcontainer/api";
import { BootError } from "../sandbox.ts";
import { noArrival, type ArrivalOptions } from "./arrival.ts";

export interface ContainerOptions extends ArrivalOptions {
  /** Of StackBlitz, for sites that have one. */
  apiKey?: string | undefined;
}

/** One a page, says the client; a boot that never settled blocks every later one until the page is loaded again. */
let taken: "free" | "in use" | "stuck" = "free";

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
  let lost = false;
  let settled = false;
  const given = startContainer(options).finally(() => (settled = true));
  // Late arrivals must not live on.
  given.then(
    (container) => lost && giveBack(container),
    () => (taken = "free"),
  );
  try {
    const container = await Promise.race([
      given,
      noArrival(options, over.signal),
      cancellation(signal, over.signal),
    ]);
    return { container, release: () => giveBack(container) };
  } catch (error) {
    lost = true;
    if (!settled) taken = "stuck";
    throw signal.aborted ? signal.reason : explained(error);
  } finally {
    over.abort();
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
