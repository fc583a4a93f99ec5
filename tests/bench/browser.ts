/** Browsers for the benchmark: each opens the page for one measure and returns its figures. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright";
import { CHROMIUM_FLAGS, ensureChromium } from "../../scripts/lib/chromium.ts";
import type { BrowserDriver } from "../e2e/drivers/driver.ts";
import type { BenchReport, MeasureName, Measures } from "./measures.ts";

const LIMIT_MS = 600_000;
const LOOK_MS = 100;

type Parameters = Record<string, string | number>;

/** Opens the page, waits until it has measured, and returns what. */
export async function measureWith<Name extends MeasureName>(
  driver: Pick<BrowserDriver, "open" | "read">,
  site: string,
  name: Name,
  parameters: Parameters = {},
): Promise<Measures[Name]> {
  const query = new URLSearchParams({ measure: name });
  for (const [key, value] of Object.entries(parameters)) query.set(key, String(value));
  await driver.open(`${site}/?${query}`);
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const report = (await driver.read("globalThis.bench")) as BenchReport | null;
    if (report?.error) throw new Error(report.error);
    if (report?.figures) return report.figures as Measures[Name];
    if (Date.now() > deadline) throw new Error(`${name} took more than ${LIMIT_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** One Chromium profile: its caches outlive the browser. */
export class ChromiumProfile implements Pick<BrowserDriver, "open" | "read"> {
  readonly #folder: string;
  #context: BrowserContext | null = null;
  #page: Page | null = null;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<ChromiumProfile> {
    return new ChromiumProfile(await mkdtemp(path.join(tmpdir(), "perform-later-profile-")));
  }

  async open(url: string): Promise<void> {
    this.#context ??= await chromium.launchPersistentContext(this.#folder, {
      executablePath: await ensureChromium(),
      args: CHROMIUM_FLAGS,
    });
    await this.#page?.close();
    this.#page = await this.#context.newPage();
    await this.#page.goto(url);
  }

  async read(expression: string): Promise<unknown> {
    return this.#page?.evaluate(expression);
  }

  /** Ends the browser; the next `open` starts it again, with its caches. */
  async quit(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
    this.#page = null;
  }

  async remove(): Promise<void> {
    await this.quit();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
