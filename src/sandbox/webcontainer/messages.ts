/** What the page and the runner in the container say to each other. */
import type { SandboxEvent } from "../events.ts";
import * as z from "zod/mini";
import type {
  BootProgress,
  LogLine,
  Mail,
  ProcessInfo,
  RefusedOption,
  RubyError,
  Versions,
} from "../sandbox.ts";

/** Page to runner. A `tell` has no answer: the page has done its part of it already. */
export type PageMessage =
  | { type: "call"; id: number; method: string; args: unknown[] }
  | { type: "abort"; id: number }
  /** Is anybody there? */
  | { type: "ping" }
  | { type: "tell"; method: string; args: unknown[] };

export interface ClockState {
  offset: number;
  /** Where a frozen clock stands, in ms; null while it runs. */
  moment: number | null;
}

/** What the interface tells without waiting, as of now. Parts that did not change are left out. */
export interface News {
  processes?: ProcessInfo[] | undefined;
  clock?: ClockState | undefined;
  mails?: Mail[] | undefined;
  events?: SandboxEvent[] | undefined;
  lines?: LogLine[] | undefined;
}

export interface Refusal {
  name: string;
  message: string;
  ruby: RubyError | null;
  option: RefusedOption | null;
  /** It ended so because the page aborted it. */
  aborted: boolean;
}

/** A program in the container's shell asks for a command of the sandbox, or has ended before its answer. */
export type CommandMessage =
  { type: "command"; id: number; words: string[] } | { type: "command-ended"; id: number };

export type RunnerMessage =
  | CommandMessage
  | { type: "hello"; node: string }
  | { type: "pong" }
  | ({ type: "news" } & News)
  | { type: "progress"; progress: BootProgress }
  | { type: "answer"; id: number; value?: unknown }
  | { type: "refusal"; id: number; error: Refusal };

/** The first message of the runner's `boot`. */
export interface BootAnswer {
  versions: Versions;
  /** `process.version` of the container's Node. */
  node: string;
}

/** `Request` and `Response`, spelled out. */
export interface SpelledRequest {
  url: string;
  method: string;
  headers: [string, string][];
  body: Uint8Array;
  redirect: RequestRedirect;
}

export interface SpelledResponse {
  status: number;
  headers: [string, string][];
  /** Null where a response of that status has none. */
  body: Uint8Array | null;
}

const list = z.optional(z.array(z.unknown()));
const ENVELOPE = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello"), node: z.string() }),
  z.object({ type: z.literal("pong") }),
  z.object({
    type: z.literal("news"),
    processes: list,
    clock: z.optional(z.object({ offset: z.number(), moment: z.nullable(z.number()) })),
    mails: list,
    events: list,
    lines: list,
  }),
  z.object({
    type: z.literal("progress"),
    progress: z.object({
      step: z.enum(["download", "container", "database", "processes", "ready"]),
      doneBytes: z.number(),
      totalBytes: z.number(),
    }),
  }),
  z.object({ type: z.literal("command"), id: z.int(), words: z.array(z.string()) }),
  z.object({ type: z.literal("command-ended"), id: z.int() }),
  z.object({ type: z.literal("answer"), id: z.int(), value: z.optional(z.unknown()) }),
  z.object({
    type: z.literal("refusal"),
    id: z.int(),
    error: z.object({
      name: z.string(),
      message: z.string(),
      ruby: z.nullable(z.unknown()),
      option: z.nullable(z.unknown()),
      aborted: z.boolean(),
    }),
  }),
]);

/**
 * Checks the outline: the runner is our own program, and has checked what a learner's code told it.
 * @throws {z.core.$ZodError}
 */
export function parseRunnerMessage(value: unknown): RunnerMessage {
  return ENVELOPE.parse(value) as RunnerMessage;
}
