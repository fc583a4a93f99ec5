import type { TestProject } from "vitest/node";
import { ensureChromium } from "../../../scripts/lib/chromium.ts";
import { serveStatic } from "../../../scripts/lib/static-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the built site. */
    siteUrl: string;
    /** The program of the browser. */
    chromium: string;
  }
}

/** Serves the built site, as a host does, for as long as the tests run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("chromium", await ensureChromium());
  const server = await serveStatic("dist", 0, { compress: true });
  project.provide("siteUrl", server.url);
  return () => server.close();
}
