import { medians } from "./boot.ts";
import { measureWith, type ChromiumProfile } from "./browser.ts";
import type { WorkFigures } from "./measures.ts";

/** Medians of several runs, each in a sandbox of its own. */
export async function medianWork(
  profile: ChromiumProfile,
  site: string,
  runs: number,
): Promise<WorkFigures> {
  const all: WorkFigures[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await measureWith(profile, site, "work"));
  const { performedPerSecond: _, memoryBytes: __, ...rest } = all[0] as WorkFigures;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  const plain = all.map((run) => Object.fromEntries(keys.map((key) => [key, run[key]])));
  return {
    ...(medians(plain) as typeof rest),
    performedPerSecond: medians(all.map((run) => run.performedPerSecond)),
    memoryBytes: medians(all.map((run) => run.memoryBytes)),
  };
}
