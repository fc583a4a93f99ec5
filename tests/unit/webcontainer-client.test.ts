/** What our host needs of StackBlitz's client and its documents do not promise. */
import type { WebContainer } from "@webcontainer/api";
import { beforeAll, expect, test, vi } from "vitest";

type Client = typeof WebContainer;
let client: Client & { _teardownPromise: Promise<void> | null };

beforeAll(async () => {
  vi.stubGlobal("window", { crossOriginIsolated: true, location: { host: "localhost" } });
  client = (await import("@webcontainer/api")).WebContainer as typeof client;
  return () => vi.unstubAllGlobals();
});

/** A container whose service knows nothing but its end: what the client asks else is answered with nothing. */
function container(teardown: () => Promise<void>): WebContainer {
  const service = new Proxy(
    { teardown },
    { get: (target, name) => (name === "teardown" ? target.teardown : () => undefined) },
  );
  const Make = client as unknown as new (...parts: object[]) => WebContainer;
  return new Make(service, service, service, {});
}

test("it keeps the promise of a teardown, which a boot awaits", async () => {
  expect(client._teardownPromise).toBeNull();
  const ending = Promise.withResolvers<void>();
  container(() => ending.promise).teardown();
  expect(client._teardownPromise).toBeInstanceOf(Promise);
  ending.resolve();
  await client._teardownPromise;
});

test("a teardown that failed spoils every boot, until its promise is taken away", async () => {
  container(() => Promise.reject(new Error("no such container"))).teardown();
  await expect(client.boot()).rejects.toThrow("no such container");
  await expect(client.boot()).rejects.toThrow("no such container");
  client._teardownPromise = null;
  // Refused for its name, and so not for what was before.
  await expect(client.boot({ workdirName: "a/b" })).rejects.toThrow("valid folder name");
});
