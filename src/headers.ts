/**
 * The HTTP headers that every host must send. The one source for the dev server, the preview
 * server, the tests and `dist/_headers`. Without the first two there is no SharedArrayBuffer
 * and so no sandbox; worker scripts and iframes need them as much as the page does.
 */
export const HEADERS: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
};

/** Paths whose files carry a hash in their name, so that a browser may keep them for ever. */
export const IMMUTABLE_PATHS: readonly string[] = [
  "/_astro/",
  "/boot/code.",
  "/boot/memory.",
  "/boot/databases.",
  "/webcontainer/runner.",
];

export const IMMUTABLE = "public, max-age=31536000, immutable";

/** The headers for one path of the built site. */
export function headersFor(path: string): Record<string, string> {
  const immutable = IMMUTABLE_PATHS.some((prefix) => path.startsWith(prefix));
  return { ...HEADERS, ...(immutable && { "Cache-Control": IMMUTABLE }) };
}

/** The same as a `_headers` file, which Netlify and Cloudflare Pages read. */
export function headersFile(): string {
  const lines = Object.entries(HEADERS).map(([name, value]) => `  ${name}: ${value}`);
  const cached = IMMUTABLE_PATHS.map((path) => `${path}*\n  Cache-Control: ${IMMUTABLE}\n`);
  return ["/*", ...lines, "", ...cached].join("\n");
}
