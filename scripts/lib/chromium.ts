import { existsSync } from "node:fs";
import { chromium } from "playwright";
import { run } from "./run.ts";

/** Flags for a headless Chromium as root in a container without a network. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const KNOWN_PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The path of a Chromium that is here already, or null. */
export function findChromium(): string | null {
  const named = process.env["CHROMIUM_PATH"];
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return named;
  }
  return [...KNOWN_PLACES, chromium.executablePath()].find((place) => existsSync(place)) ?? null;
}

async function install(): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync("/usr/bin/apt-get")) {
    console.log("No Chromium found: installing Debian's.");
    await run("apt-get", ["update"], { quiet: true });
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["install", "-y", "chromium"], { quiet: true, env });
  }
  if (findChromium()) return;
  console.log("No Chromium found: asking Playwright for its own.");
  await run("npx", ["playwright", "install", "chromium"], { quiet: true });
}

/** The path of a Chromium, installed first where there is none. */
export async function ensureChromium(): Promise<string> {
  if (!findChromium()) await install();
  const found = findChromium();
  if (found) return found;
  throw new Error(
    "The end-to-end tests need Chromium. Install it (Debian: apt-get install chromium; " +
      "elsewhere: npx playwright install chromium) or set CHROMIUM_PATH to its program.",
  );
}
