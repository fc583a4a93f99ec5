/** What comes from a process's worker, checked where it enters. */
import * as z from "zod/mini";
import { parseEvent } from "../event-schemas.ts";
import type { ProcessMessage } from "../protocol.ts";
import type { ChannelRequest } from "../sync-channel.ts";

const line = z.object({ stream: z.enum(["stdout", "stderr"]), time: z.number(), text: z.string() });

/** `RubyError` of src/sandbox/sandbox.ts. */
export const rubyError = z.object({
  className: z.string(),
  message: z.string(),
  backtrace: z.array(z.string()),
  location: z.nullable(z.object({ path: z.string(), line: z.int() })),
});

const request: z.ZodMiniType<ChannelRequest> = z.union([
  z.int(),
  z.object({ type: z.literal("call"), bytes: z.instanceof(Uint8Array) }),
  z.object({ type: z.literal("more") }),
]);

const MESSAGE = z.discriminatedUnion("type", [
  z.object({ type: z.literal("call"), request }),
  z.object({ type: z.literal("lines"), lines: z.array(line) }),
  z.object({ type: z.literal("event"), time: z.number(), event: z.unknown() }),
  z.object({ type: z.literal("memory"), bytes: z.number() }),
  z.object({ type: z.literal("idle") }),
  z.object({ type: z.literal("source"), index: z.int(), path: z.string() }),
  z.object({
    type: z.literal("exited"),
    code: z.number(),
    signal: z.nullable(z.enum(["TERM", "QUIT", "KILL", "INT"])),
    reason: z.nullable(z.string()),
    error: z.nullable(rubyError),
    crash: z.nullable(z.string()),
  }),
]);

/** Throws an error with a sentence for what no process may say. */
export function parseProcessMessage(value: unknown): ProcessMessage {
  const message = explained(() => MESSAGE.parse(value));
  if (message.type !== "event") return message;
  return { ...message, event: explained(() => parseEvent(message.event)) };
}

/** Zod's findings in one line. */
export function explained<Value>(parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof z.core.$ZodError)) throw error;
    throw new TypeError(error.issues.map(finding).join("; "), { cause: error });
  }
}

function finding(issue: z.core.$ZodIssue): string {
  const place = issue.path.length > 0 ? issue.path.join(".") : "the message";
  return "expected" in issue ? `${place} must be of type ${issue.expected}` : `${place} is unknown`;
}
