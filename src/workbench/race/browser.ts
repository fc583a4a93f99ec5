import { browserDependencies } from "../session/browser.ts";
import { runRace, type RaceProgress } from "./live.ts";
import type { Run } from "./run.ts";

/** Runs the race in this tab. See `runRace`. */
export function runRaceInTab(
  { filesUrl, imageUrl }: { filesUrl: string; imageUrl: string },
  signal: AbortSignal,
  tell: (progress: RaceProgress) => void,
): Promise<Run[]> {
  return runRace(browserDependencies(filesUrl, imageUrl, null), signal, tell);
}
