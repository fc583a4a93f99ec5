import type { Attempt } from "./attempts.ts";

/** How long the runs of one class in one queue took: from their start to their end, without the wait. */
export interface RunTimes {
  className: string;
  queueName: string;
  runs: number;
  /** Those of them that raised. */
  raised: number;
  /** In ms of sandbox time. */
  meanMs: number;
  shortestMs: number;
  longestMs: number;
}

/** The runs that came to their end, by class and queue: what took the most time in all comes first. */
export function runTimes(attempts: Iterable<Attempt>): RunTimes[] {
  const found = new Map<string, RunTimes>();
  for (const { className, queueName, startedAt, endedAt, outcome } of attempts) {
    if (endedAt === null || outcome === null || outcome === "killed") continue;
    const took = endedAt - startedAt;
    const key = JSON.stringify([className, queueName]);
    const before = found.get(key);
    const { runs, raised, meanMs, shortestMs, longestMs } = before ?? {
      ...{ runs: 0, raised: 0, meanMs: 0, shortestMs: took, longestMs: took },
    };
    found.set(key, {
      className,
      queueName,
      runs: runs + 1,
      raised: raised + (outcome === "finished" ? 0 : 1),
      meanMs: (meanMs * runs + took) / (runs + 1),
      shortestMs: Math.min(shortestMs, took),
      longestMs: Math.max(longestMs, took),
    });
  }
  return [...found.values()].sort((a, b) => b.meanMs * b.runs - a.meanMs * a.runs);
}
