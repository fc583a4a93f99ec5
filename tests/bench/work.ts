import { medians } from "./boot.ts";
import { measureWith, type ChromiumProfile } from "./browser.ts";
import type { GrowthFigures, PlainWorkFigures, WorkFigures } from "./measures.ts";

/** Medians of several runs, the plain way and ours in turn, each in a page of its own. */
export async function medianWork(
  profile: ChromiumProfile,
  site: string,
  runs: number,
): Promise<{ plain: PlainWorkFigures; ours: WorkFigures }> {
  const plain: PlainWorkFigures[] = [];
  const ours: WorkFigures[] = [];
  for (let run = 0; run < runs; run += 1) {
    plain.push(await measureWith(profile, site, "plain-work"));
    ours.push(await measureWith(profile, site, "work"));
  }
  return { plain: medians(plain), ours: workMedians(ours) };
}

function workMedians(all: WorkFigures[]): WorkFigures {
  const { performedPerSecond: _, memoryBytes: __, ...rest } = all[0] as WorkFigures;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  const plain = all.map((run) => Object.fromEntries(keys.map((key) => [key, run[key]])));
  return {
    ...(medians(plain) as typeof rest),
    performedPerSecond: medians(all.map((run) => run.performedPerSecond)),
    memoryBytes: medians(all.map((run) => run.memoryBytes)),
  };
}

/** Medians of several runs for each number of jobs: other work on the machine comes in bursts. */
export async function medianGrowth(
  profile: ChromiumProfile,
  site: string,
  runs: number,
): Promise<GrowthFigures[]> {
  const all: GrowthFigures[][] = [];
  for (let run = 0; run < runs; run += 1) all.push(await measureWith(profile, site, "growth"));
  return (all[0] ?? []).map((_, row) => medians(all.flatMap((rows) => rows.slice(row, row + 1))));
}
