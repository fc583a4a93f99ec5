/** The site around the workbench: headers, reading without JavaScript, accessibility, links. */
import type { Page } from "playwright";
import { describe, expect, test } from "vitest";
import { expectNoFindings } from "./support/axe.ts";
import { expectChoicesShown, expectWalkByTab } from "./support/keyboard.ts";
import { openPage, siteUrl } from "./support/site.ts";
import { DESKTOP, LESSON, WorkbenchPage } from "./support/workbench.ts";

const LINKED = ["/", LESSON, "/about/", "/glossary/", "/playground/", "/progress/"];
const PAGES = [...LINKED, "/404.html"];

let page: Page;

describe("every file", () => {
  test.each(["/", LESSON, "/boot/manifest.json", "/nowhere"])(
    "comes with the headers of cross-origin isolation: %s",
    async (path) => {
      const { headers } = await fetch(siteUrl + path);
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    },
  );

  test("so the page is isolated", async () => {
    ({ page } = await openPage(LESSON));
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });
});

describe("without JavaScript", () => {
  test("the lesson can be read, code and all, and the workbench says what it needs", async () => {
    ({ page } = await openPage(LESSON, { javaScriptEnabled: false }));
    const text = await page.locator("main").innerText();
    expect(text).toContain("Feel the wait");
    expect(text).toContain("PhotoProcessingJob.perform_later(@photo.id)");
    expect(text).toContain("needs JavaScript");
  });
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  test.each(PAGES)("axe finds nothing on %s", async (path) => {
    ({ page } = await openPage(path, { colorScheme }));
    await expectNoFindings(page);
  });

  test("axe finds nothing on a phone", async () => {
    ({ page } = await openPage(LESSON, { colorScheme, viewport: { width: 390, height: 844 } }));
    await expectNoFindings(page);
  });
});

const TABS = [
  "Editor",
  "App",
  "Console",
  "Logs",
  "Mail",
  "Timeline",
  "Jobs",
  "Processes",
  "Database",
  "Check",
];

/** What stands above and below at once, so that a few walks pass through all panels. */
const PAIRS = [
  ["Editor", "Jobs"],
  ["App", "Processes"],
  ["Console", "Database"],
  ["Logs", "Check"],
  ["Mail", "Jobs"],
] as const;

describe("the workbench in use", () => {
  test(
    "axe finds nothing on any tab, in light, dark and on a phone; all is reached by keyboard, in forced colours too",
    { timeout: 500_000 },
    async () => {
      const opened = await openPage(LESSON, { ...DESKTOP, returning: true });
      page = opened.page;
      const workbench = new WorkbenchPage(opened);
      await workbench.start();
      await fill(workbench);
      const visit = async () => {
        for (const tab of TABS) {
          await workbench.show(tab);
          await expectNoFindings(page, ".workbench");
        }
      };
      const theme = (name: string) =>
        page.evaluate((value) => (document.documentElement.dataset["theme"] = value), name);
      for (const name of ["light", "dark"]) {
        await theme(name);
        await visit();
        await visitViews(workbench);
      }
      await page.emulateMedia({ reducedMotion: "reduce" });
      for (const [upper, lower] of PAIRS) {
        await workbench.show(upper);
        await workbench.show(lower);
        await expectWalkByTab(page);
      }
      await page.emulateMedia({ reducedMotion: "reduce", forcedColors: "active" });
      for (const [upper, lower] of PAIRS) {
        await workbench.show(upper);
        await workbench.show(lower);
        await expectChoicesShown(page);
      }
      await expectWalkByTab(page);
      await page.emulateMedia({ forcedColors: "none" });
      await page.setViewportSize({ width: 390, height: 844 });
      await visit();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        390,
      );
    },
  );
});

/** A recurring task, and a job that waits for the limit of one in a paused queue. */
const LIMITED = `SolidQueue::RecurringTask.create!(key: "nightly", class_name: "PhotoProcessingJob",
  schedule: "every day at 5am", arguments: [1])
SolidQueue::Queue.find_by_name("held").pause
PhotoProcessingJob.limits_concurrency to: 1, key: "photo"
2.times { PhotoProcessingJob.set(queue: :held).perform_later(3) }
nil`;

/** What the tabs of the Jobs and Database panels show only after a press. */
async function visitViews(workbench: WorkbenchPage): Promise<void> {
  const { page } = workbench;
  const jobs = await workbench.show("Jobs");
  for (const [view, content] of [
    ["Recurring tasks", "every day at 5am"],
    ["Concurrency limits", "PhotoProcessingJob/"],
    ["Run times", "PhotoProcessingJob"],
  ] as const) {
    await jobs.getByRole("button", { name: view, exact: true }).click();
    await jobs.locator(".wb-more").getByText(content).first().waitFor();
    await expectNoFindings(page, ".wb-jobs");
  }
  for (const state of ["blocked", "failed"]) {
    await jobs.locator(".wb-side-item", { hasText: state }).click();
    await jobs.locator(`[data-job][data-state="${state}"]`).first().waitFor();
    await expectNoFindings(page, ".wb-jobs");
  }
  await jobs.locator(".wb-job-link").first().click();
  await jobs.locator(".wb-job-detail .wb-attempts").waitFor();
  await expectNoFindings(page, ".wb-jobs");
  await jobs.locator(".wb-side-item", { hasText: "all" }).click();

  const database = await workbench.show("Database");
  const view = (name: string) => database.getByRole("button", { name, exact: true }).click();
  await view("Schema");
  await database.locator(".wb-db-schema").getByText("CREATE").first().waitFor();
  await expectNoFindings(page, ".wb-db");
  await view("SQL");
  await database.getByLabel("One statement of SQL").fill("SELECT 1 AS one, NULL AS two");
  await view("Run");
  await database.getByRole("region", { name: "Result" }).waitFor();
  await expectNoFindings(page, ".wb-db");
  await database.getByLabel(/Let statements write/).check();
  await expectNoFindings(page, ".wb-db");
  await database.getByLabel(/Let statements write/).uncheck();
  await view("Rows");
}

/** Something of all that panels show: jobs that wait, are due later, failed and are blocked, mail, a verdict. */
async function fill(workbench: WorkbenchPage): Promise<void> {
  await workbench.ruby(
    'PhotoMailer.processed(Photo.create!(title: "Sea", sample: true)).deliver_now; nil',
  );
  await workbench.ruby(
    "PhotoProcessingJob.perform_later(0); PhotoProcessingJob.set(wait: 1.day).perform_later(1); PhotoProcessingJob.set(queue: :slow).perform_later(2); nil",
  );
  await workbench.ruby(LIMITED);
  const check = await workbench.show("Check");
  await check.getByRole("button", { name: "Check", exact: true }).click();
  await check.getByText(/^Not yet/).waitFor({ timeout: 120_000 });
}

test("no page is wider than a phone", async () => {
  for (const path of PAGES) {
    ({ page } = await openPage(path, { viewport: { width: 390, height: 844 } }));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  }
});

test("paper is light, and the screen as dark as before", async () => {
  ({ page } = await openPage(LESSON, { colorScheme: "dark" }));
  const themes = await page.evaluate(() => {
    const theme = (event: string) => {
      dispatchEvent(new Event(event));
      return document.documentElement.dataset["theme"];
    };
    return [theme("none"), theme("beforeprint"), theme("afterprint")];
  });
  expect(themes).toEqual(["dark", "light", "dark"]);
});

test("all links inside the site lead somewhere", async () => {
  ({ page } = await openPage("/"));
  const seen = new Set<string>();
  const queue = ["/"];
  const broken: string[] = [];
  const places = new Set<string>(); // each element with an id, as path#id
  const wanted = new Set<string>(); // what links point at, as path#id
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const response = await page.goto(siteUrl + path);
    if (!response?.ok()) broken.push(path);
    const links = await page.$$eval("a[href]", (all) =>
      all.map((a) => (a as HTMLAnchorElement).href),
    );
    const ids = await page.$$eval("[id]", (all) => all.map(({ id }) => id));
    for (const id of ids) places.add(`${path}#${id}`);
    for (const link of links.map((href) => new URL(href))) {
      if (link.origin !== siteUrl) continue;
      queue.push(link.pathname);
      if (link.hash) wanted.add(link.pathname + decodeURIComponent(link.hash));
    }
  }
  expect(broken).toEqual([]);
  expect([...wanted].filter((place) => !places.has(place))).toEqual([]);
  expect(wanted.size).toBeGreaterThan(0);
  expect([...seen]).toEqual(expect.arrayContaining(LINKED));
});
