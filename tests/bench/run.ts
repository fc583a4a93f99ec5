/** `npm run bench`: the sandbox against the plain way, in numbers. See README.md. */
import { parseArgs } from "node:util";
import { ensureBootImage } from "../../scripts/lib/boot-image.ts";
import { measureBoots, measureOtherBrowsers } from "./boot.ts";
import { ChromiumProfile } from "./browser.ts";
import { measureDownload } from "./download.ts";
import { print } from "./print.ts";
import { serveBenchPage } from "./site.ts";
import { medianGrowth, medianWork } from "./work.ts";
import { measureWorkbench } from "./workbench.ts";

export const SECTIONS = ["download", "boot", "work", "growth", "workbench", "browsers"] as const;
export type Section = (typeof SECTIONS)[number];

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    runs: { type: "string", default: "5" },
  },
});
const runs = Number(options.runs);
const only = options.only.flatMap((names) => names.split(","));
const unknown = only.filter((name) => !SECTIONS.includes(name as Section));
if (unknown.length > 0 || !(runs >= 1)) {
  console.error(
    `Usage: npm run bench -- [--only ${SECTIONS.join(",")}] [--runs N] [--json]` +
      (unknown.length > 0 ? `\nThere is no section ${unknown.join(", ")}.` : ""),
  );
  process.exit(2);
}
const wanted = (section: Section) => only.length === 0 || only.includes(section);

const say = (text: string) => process.stderr.write(text);
await ensureBootImage({ packing: "small", say });
const site = await serveBenchPage();

async function inChromium<Result>(use: (profile: ChromiumProfile) => Promise<Result>) {
  const profile = await ChromiumProfile.create();
  return use(profile).finally(() => profile.remove());
}

const measures = {
  download: () => measureDownload(),
  boot: () => measureBoots(site.url, runs),
  work: () => inChromium((profile) => medianWork(profile, site.url, runs)),
  growth: () => inChromium((profile) => medianGrowth(profile, site.url, runs)),
  workbench: () => measureWorkbench(),
  browsers: () => measureOtherBrowsers(site.url, runs),
};

export type Results = {
  [Name in Section]?: Awaited<ReturnType<(typeof measures)[Name]>>;
};

try {
  const results: Record<string, unknown> = {};
  for (const section of SECTIONS.filter(wanted)) {
    say(`${section} …\n`);
    results[section] = await measures[section]();
  }
  if (options.json) console.log(JSON.stringify(results, null, 2));
  else print(results as Results);
} finally {
  await site.close();
}
