/** How a build offers StackBlitz's WebContainer. */
import { afterEach, expect, test, vi } from "vitest";
import { webContainerOffer } from "../../src/components/web-container-offer.ts";

afterEach(() => vi.unstubAllEnvs());

test("every build does, unless it is told not to", () => {
  vi.stubEnv("WEBCONTAINER_API_KEY", "");
  expect(webContainerOffer()).toEqual({ runnerUrl: "/webcontainer/", apiKey: "" });
  vi.stubEnv("WEBCONTAINER_API_KEY", "key-of-theirs");
  expect(webContainerOffer()?.apiKey).toBe("key-of-theirs");
  vi.stubEnv("WEBCONTAINER", "off");
  expect(webContainerOffer()).toBeNull();
});
