/** The engine in three browsers: boots, evaluates, enqueues, performs, is killed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StaticServer } from "../../scripts/lib/static-server.ts";
import { chromiumKind } from "./drivers/chromium.ts";
import type { BrowserDriver } from "./drivers/driver.ts";
import { firefoxKind } from "./drivers/firefox.ts";
import { webkitKind } from "./drivers/webkit.ts";
import type { SmokeReport } from "./smoke/report.ts";
import { servePage } from "./support/serve-page.ts";

const LIMIT_MS = 300_000;
const KILLED = { exit: { code: null, signal: "KILL", reason: "received KILL" }, job: "claimed" };

let server: StaticServer;
beforeAll(async () => {
  server = await servePage(`${import.meta.dirname}/smoke`);
});
afterAll(() => server?.close());

/** Waits until the page has run to its end, or says what went wrong and where. */
async function reportFrom(driver: BrowserDriver): Promise<SmokeReport> {
  const deadline = Date.now() + LIMIT_MS - 30_000;
  for (;;) {
    const report = (await driver.read("globalThis.smoke")) as SmokeReport | null;
    if (report && (report.facts || report.errors.length > 0)) return report;
    if (Date.now() > deadline) throw new Error(`The page is still at: ${report?.step}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

describe.each([chromiumKind, firefoxKind, webkitKind])("in $name", ({ name, missing, start }) => {
  const reason = missing();
  if (reason) console.log(`${name} is left out: ${reason}`);

  test.skipIf(reason)(
    "Rails and Solid Queue work, and workers can be killed",
    async () => {
      const driver = await start();
      try {
        await driver.open(server.url);
        expect(await reportFrom(driver)).toEqual({
          isolated: true,
          step: "done",
          errors: [],
          facts: {
            versions: {
              ruby: expect.stringMatching(/^\d/),
              rails: expect.stringMatching(/^\d/),
              solidQueue: expect.stringMatching(/^\d/),
              sqlite: expect.stringMatching(/^\d/),
            },
            evaluated: { simple: "42", deep: "1000" },
            upload: { status: 302, location: "http://localhost:3000/photos/1" },
            photoJob: "finished",
            thumbnail: [320, 213],
            killedAsleep: KILLED,
            killedBusy: KILLED,
            nextJob: "finished",
          },
        });
      } finally {
        await driver.close();
      }
    },
    LIMIT_MS,
  );
});
