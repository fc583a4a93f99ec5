import type { LogLine } from "../../sandbox/sandbox.ts";
import { atLeast, type Level } from "./level.ts";

export interface LogFilter {
  /** Null for all. */
  process: string | null;
  level: Level;
  /** Part of the line, in any letter case; empty for all. */
  text: string;
}

export const EVERYTHING: LogFilter = { process: null, level: "info", text: "" };

/** The newest lines of the log, and those of them that pass the filter. */
export interface LogBuffer {
  /** The lines that pass, oldest first. The array grows in place; it is another one after a cut. */
  shown(): readonly LogLine[];
  /** How many lines are kept, whatever the filter. */
  size(): number;
  /** Names of the processes that have written. */
  processes(): string[];
  filter(filter: LogFilter): void;
  add(lines: readonly LogLine[]): void;
  clear(): void;
}

/** Old lines are dropped in large steps, and only new lines are tested: adding stays cheap. */
export function createLogBuffer(limit = 100_000): LogBuffer {
  let kept: LogLine[] = [];
  let shown: LogLine[] = [];
  let passes: (line: LogLine) => boolean = () => true;
  const names = new Set<string>();

  function cut() {
    kept = kept.slice(-limit);
    const first = kept[0]?.seq ?? 0;
    shown = shown.filter((line) => line.seq >= first);
  }

  return {
    shown: () => shown,
    size: () => kept.length,
    processes: () => [...names].sort(),
    filter({ process, level, text }) {
      const wanted = text.trim().toLowerCase();
      passes = (line) =>
        (process === null || line.process === process) &&
        (wanted === "" || line.text.toLowerCase().includes(wanted)) &&
        atLeast(line, level);
      shown = kept.filter(passes);
    },
    add(lines) {
      for (const line of lines) {
        kept.push(line);
        names.add(line.process);
        if (passes(line)) shown.push(line);
      }
      if (kept.length > limit * 1.25) cut();
    },
    clear() {
      kept = [];
      shown = [];
    },
  };
}
