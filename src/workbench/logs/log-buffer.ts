import type { LogLine } from "../../sandbox/sandbox.ts";

/** The newest lines of the log; older ones are dropped in large steps, which keeps adding cheap. */
export interface LogBuffer {
  /** The lines kept, oldest first. */
  lines(process?: string | null): readonly LogLine[];
  /** Names of the processes that have written. */
  processes(): string[];
  add(lines: readonly LogLine[]): void;
  clear(): void;
}

export function createLogBuffer(limit = 5000): LogBuffer {
  let kept: LogLine[] = [];
  const names = new Set<string>();
  return {
    lines(process = null) {
      const newest = kept.slice(-limit);
      return process === null ? newest : newest.filter((line) => line.process === process);
    },
    processes: () => [...names].sort(),
    add(lines) {
      for (const line of lines.slice(-limit)) kept.push(line);
      for (const line of lines) names.add(line.process);
      if (kept.length > 2 * limit) kept = kept.slice(-limit);
    },
    clear() {
      kept = [];
    },
  };
}
