/** How the built site's workbench moves with 10,000 jobs and 100,000 log lines: what its frames take. */
import { access } from "node:fs/promises";
import { chromium, type Page } from "playwright";
import { CHROMIUM_FLAGS, ensureChromium } from "../../scripts/lib/chromium.ts";
import { serveStatic } from "../../scripts/lib/static-server.ts";

const LESSON = "/lessons/process-photos-later/";
const LIMIT_MS = 300_000;
const SCROLLS = 60;

/** Times between two frames in ms, while something was done. */
export interface FrameFigures {
  what: string;
  frames: number;
  median: number;
  /** 19 of 20 frames came sooner. */
  p95: number;
  longest: number;
  /** Elements in the page: few, however long the lists. */
  elements: number;
}

export async function measureWorkbench(): Promise<FrameFigures[]> {
  await access("dist/index.html").catch(() => {
    throw new Error("The section workbench measures the built site: npm run build first.");
  });
  const site = await serveStatic("dist");
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_FLAGS,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(LIMIT_MS);
    await page.goto(site.url + LESSON);
    await page
      .getByRole("region", { name: "Workbench" })
      .getByRole("button", { name: "Start" })
      .click();
    await page.getByRole("tab", { name: "Jobs" }).click();
    await countFrames(page);
    return await measureAll(page);
  } finally {
    await browser.close();
    await site.close();
  }
}

async function measureAll(page: Page): Promise<FrameFigures[]> {
  const rows: FrameFigures[] = [];
  const measure = async (what: string, work: () => Promise<void>) => {
    await takeFrames(page);
    await work();
    rows.push({ what, ...figures(await takeFrames(page)), elements: await elements(page) });
  };
  await measure("10,000 jobs are enqueued", () =>
    ruby(
      page,
      "10.times { ActiveJob.perform_all_later(Array.new(1000) { PhotoProcessingJob.new(1).set(wait: 1.day) }) }; nil",
    ),
  );
  await measure("their list is scrolled", () => scroll(page, ".wb-job-lines", 7000));
  await measure("300 jobs are enqueued and performed", async () => {
    await ruby(page, "300.times { |n| PhotoProcessingJob.perform_later(n) }; nil");
    await page.locator(".wb-side-item", { hasText: "failed" }).getByText("300").waitFor();
  });
  await measure("100,000 lines are logged", () =>
    ruby(page, '100_000.times { |n| STDOUT.puts "line #{n}" }; nil'),
  );
  await page.getByRole("tab", { name: "Logs" }).click();
  await measure("they are scrolled", () => scroll(page, ".wb-log .wb-scroll", -20_000));
  return rows;
}

async function ruby(page: Page, code: string): Promise<void> {
  await page.getByRole("tab", { name: "Console" }).click();
  const input = page.getByLabel(/Ruby for the Rails console/);
  const answers = page.locator(".wb-result");
  const before = await answers.count();
  await input.fill(code);
  await input.press("Enter");
  await answers.nth(before).waitFor();
}

/** One stretch a frame. */
async function scroll(page: Page, selector: string, by: number): Promise<void> {
  await page.locator(selector).evaluate(
    async (element, [distance, times]) => {
      for (let n = 0; n < times; n += 1) {
        element.scrollBy(0, distance);
        await new Promise(requestAnimationFrame);
      }
    },
    [by, SCROLLS] as const,
  );
}

interface Counting {
  gaps: number[];
}

/** Notes in the page how long each frame was waited for. */
async function countFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const gaps: number[] = [];
    (globalThis as unknown as Counting).gaps = gaps;
    let last = performance.now();
    const next = (time: number) => {
      gaps.push(time - last);
      last = time;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

const takeFrames = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as Counting).gaps.splice(0));
const elements = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);

function figures(gaps: number[]): Omit<FrameFigures, "what" | "elements"> {
  const sorted = gaps.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return { frames: sorted.length, median: at(0.5), p95: at(0.95), longest: at(1) };
}
