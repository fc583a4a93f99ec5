import { mkdir } from "node:fs/promises";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "playwright";
import { afterAll, inject, onTestFinished, type TestContext } from "vitest";
import { CHROMIUM_FLAGS } from "../../../scripts/lib/chromium.ts";
import { openVisited } from "./visited.ts";

export const siteUrl = inject("siteUrl");

let browser: Promise<Browser> | null = null;

/** One browser for a file of tests. */
export function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: inject("chromium"), args: CHROMIUM_FLAGS });
  return browser;
}

afterAll(async () => (await browser)?.close());

type TestTask = TestContext["task"];

/** A page in a browser context of its own, whose errors are collected. */
export interface TestPage {
  page: Page;
  /** What the page threw or logged as an error. */
  errors: string[];
}

export interface Visitor extends BrowserContextOptions {
  /** Whether the browser has kept the boot image of an earlier visit. */
  returning?: boolean;
}

async function newContext({ returning = false, ...options }: Visitor): Promise<BrowserContext> {
  if (returning) return openVisited(inject("visitedProfile"), inject("chromium"), options);
  return (await theBrowser()).newContext(options);
}

/** A page that its caller closes, with its context. */
export async function newPage(path: string, visitor: Visitor = {}): Promise<TestPage> {
  const context = await newContext(visitor);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(siteUrl + path);
  return { page, errors };
}

/** A page for one test, closed at its end. */
export async function openPage(path: string, visitor?: Visitor): Promise<TestPage> {
  const opened = await newPage(path, visitor);
  onTestFinished(async ({ task }) => {
    await keepFailure(opened.page, task);
    await opened.page.context().close();
  });
  return opened;
}

/** A test that failed leaves a picture of its page. */
export async function keepFailure(page: Page, { name: test, result }: TestTask): Promise<void> {
  if (result?.state !== "fail") return;
  await mkdir("test-results", { recursive: true });
  const name = test.replace(/\W+/g, "-").slice(0, 80);
  await page.screenshot({ path: `test-results/${name}.png` }).catch(() => {});
}

/** A real JPEG of this size, made by the browser: two colours, so that there is something to see. */
export async function jpeg(page: Page, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w, h);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      context.fillStyle = "#d02020";
      context.fillRect(0, 0, w, h);
      context.fillStyle = "#2040d0";
      context.fillRect(w / 4, h / 4, w / 2, h / 2);
      const blob = await canvas.convertToBlob({ type: "image/jpeg" });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    },
    [width, height] as const,
  );
  return Buffer.from(base64, "base64");
}
