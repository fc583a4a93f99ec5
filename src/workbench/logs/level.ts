import type { LogLine } from "../../sandbox/sandbox.ts";

/** How much a line matters, the most last. */
export const LEVELS = ["info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** Tags that Rails puts first: `[ActiveJob] [PhotoJob] [5b0e…] `. */
const TAGS = String.raw`^(?:\[[^\]]*\] )*\s*`;
const ERROR = new RegExp(
  `${TAGS}(?:Error performing|Stopped retrying|Failed|FATAL|ERROR|(?:[A-Z]\\w*::)+\\w+ \\(|[A-Z]\\w*(?:Error|Exception)\\b)|Completed 5\\d\\d`,
);
const WARN = new RegExp(`${TAGS}(?:Retrying|Discarded|WARN|DEPRECATION|warning:)|: warning:`);

/**
 * Rails' development log names no level in its lines, so it is read from what they say; standard
 * error is `error` unless it is a warning.
 */
export function levelOf({ stream, text }: Pick<LogLine, "stream" | "text">): Level {
  if (WARN.test(text)) return "warn";
  return stream === "stderr" || ERROR.test(text) ? "error" : "info";
}

export const atLeast = (line: LogLine, level: Level): boolean =>
  level === "info" || LEVELS.indexOf(levelOf(line)) >= LEVELS.indexOf(level);
