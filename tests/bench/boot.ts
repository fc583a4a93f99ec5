/** Boot and process start, the plain way and ours in turn, so that both meet the same machine. */
import { firefoxKind } from "../e2e/drivers/firefox.ts";
import { webkitKind } from "../e2e/drivers/webkit.ts";
import { ChromiumProfile, measureWith } from "./browser.ts";
import type { BootFigures } from "./measures.ts";

export type BootName = "plain-boot" | "boot" | "boot-all";
const NAMES: BootName[] = ["plain-boot", "boot", "boot-all"];

/** Medians in ms for each way of booting. */
export type BootTable = Record<BootName, BootFigures>;

/** Visits of a browser that has been here before: `warm` is open still, `cold` was just started. */
export async function measureBoots(
  site: string,
  runs: number,
): Promise<{ warm: BootTable; cold: BootTable }> {
  const profile = await ChromiumProfile.create();
  try {
    for (const name of NAMES) await measureWith(profile, site, name);
    const warm = await inTurn(runs, (name) => measureWith(profile, site, name));
    const cold = await inTurn(runs, async (name) => {
      await profile.quit();
      return measureWith(profile, site, name);
    });
    return { warm, cold };
  } finally {
    await profile.remove();
  }
}

/** The same in the browsers that are installed beside Chromium; `null` for one that is not. */
export async function measureOtherBrowsers(
  site: string,
  runs: number,
): Promise<Record<string, BootTable | null>> {
  const tables: Record<string, BootTable | null> = {};
  for (const kind of [firefoxKind, webkitKind]) {
    tables[kind.name] = null;
    if (kind.missing()) continue;
    const driver = await kind.start();
    try {
      for (const name of NAMES) await measureWith(driver, site, name);
      tables[kind.name] = await inTurn(runs, (name) => measureWith(driver, site, name));
    } finally {
      await driver.close();
    }
  }
  return tables;
}

async function inTurn(
  runs: number,
  measure: (name: BootName) => Promise<BootFigures>,
): Promise<BootTable> {
  const all: Record<BootName, BootFigures[]> = { "plain-boot": [], boot: [], "boot-all": [] };
  for (let run = 0; run < runs; run += 1) {
    for (const name of NAMES) all[name].push(await measure(name));
  }
  return {
    "plain-boot": medians(all["plain-boot"]),
    boot: medians(all.boot),
    "boot-all": medians(all["boot-all"]),
  };
}

export function medians<Figures extends object>(runs: Figures[]): Figures {
  const keys = Object.keys(runs[0] ?? {}) as (keyof Figures)[];
  const median = (key: keyof Figures) => {
    const sorted = runs.map((run) => run[key] as number).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)];
  };
  return Object.fromEntries(keys.map((key) => [key, median(key)])) as Figures;
}
