/** README's second line: `npm run dev`, which says where to look and sends what isolation needs. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { HEADERS } from "../../src/headers.ts";

const PATHS = [
  "/",
  "/lessons/process-photos-later/",
  "/boot/manifest.json",
  // A worker's script wants the page's policy as well.
  "/src/sandbox/local/process-worker-browser.ts?worker_file&type=module",
];

test("npm run dev says which address to open, and isolates pages and workers", async () => {
  const child = spawn(process.execPath, ["scripts/dev.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ASTRO_TELEMETRY_DISABLED: "1" }, // none of the test runner's
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let url: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    url = /^Perform Later: open (http:\S+)\/$/.exec(line)?.[1];
    if (url) break;
  }
  for (const path of PATHS) {
    const response = await fetch(`${url}${path}`);
    expect(response.status, path).toBe(200);
    for (const [name, value] of Object.entries(HEADERS))
      expect(response.headers.get(name), `${name} of ${path}`).toBe(value);
    await response.body?.cancel();
  }
});
