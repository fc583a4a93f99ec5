import type { TestProject } from "vitest/node";
import { ensureChromium } from "../../../scripts/lib/chromium.ts";
import { serveStatic } from "../../../scripts/lib/static-server.ts";
import { makeVisitedProfile, removeProfile } from "./visited.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the built site. */
    siteUrl: string;
    /** The program of the browser. */
    chromium: string;
    /** Folder of a browser's profile that has been on the site. */
    visitedProfile: string;
  }
}

/** Serves the built site, as a host does, for as long as the tests run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = await ensureChromium();
  project.provide("chromium", chromium);
  const server = await serveStatic("dist", 0, { compress: true });
  project.provide("siteUrl", server.url);
  const profile = await makeVisitedProfile(chromium, server.url);
  project.provide("visitedProfile", profile);
  return async () => {
    await server.close();
    await removeProfile(profile);
  };
}
