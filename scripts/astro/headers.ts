import { writeFile } from "node:fs/promises";
import type { AstroIntegration } from "astro";
import { headersFile } from "../../src/headers.ts";

/** Writes `dist/_headers`, which static hosts like Netlify and Cloudflare Pages read. */
export function headersIntegration(): AstroIntegration {
  return {
    name: "perform-later:headers",
    hooks: {
      "astro:build:done": ({ dir }) => writeFile(new URL("_headers", dir), headersFile()),
    },
  };
}
