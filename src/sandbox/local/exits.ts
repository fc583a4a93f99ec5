/** How a process ended, in words. */
import type { ProcessMessage } from "../protocol.ts";
import type { ProcessExit, SignalName } from "../sandbox.ts";

export function killed(signal: SignalName): ProcessExit {
  return { code: null, signal, reason: `received ${signal}` };
}

export function broken(reason: string): ProcessExit {
  return { code: 1, signal: null, reason: explain(reason) };
}

export function ended(message: Extract<ProcessMessage, { type: "exited" }>): ProcessExit {
  if (message.crash !== null) return broken(message.crash);
  if (message.signal !== null) return killed(message.signal);
  const reason = message.reason ?? `exited with status ${message.code}`;
  return { code: message.code, signal: null, reason };
}

/** What WebAssembly engines say when they stop, and what it means. */
const CRASHES: [RegExp, string][] = [
  [
    /call stack|too much recursion|stack overflow/i,
    "ran out of stack: blocks or methods called each other too deeply",
  ],
  [/out of memory|allocation failed|could not be cloned|grow/i, "ran out of memory"],
  [/unreachable/i, "crashed: Ruby itself gave up, often for want of memory or stack"],
  [/out of bounds/i, "crashed: Ruby touched memory that is not there"],
];

function explain(crash: string): string {
  const known = CRASHES.find(([pattern]) => pattern.test(crash));
  return known ? `${known[1]} (${crash.split("\n")[0]})` : crash;
}
