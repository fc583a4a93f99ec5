/** The `kernel.*` calls and answers of a process (src/sandbox/ruby), checked where they enter. */
import * as z from "zod/mini";
import type { CheckResult, Evaluation, Mail } from "../sandbox.ts";
import { explained } from "./process-messages.ts";

const text = z.string();
const integer = z.int();
const signal = z.enum(["TERM", "QUIT", "KILL", "INT"]);
const pairs = z.array(z.tuple([text, text]));

/** What a process read in the app's configuration. */
export interface DatabasePaths {
  /** Databases by name. */
  paths: Record<string, string>;
  /** The one that holds the queue. */
  queue: string;
  /** How long (ms) a process may be without heartbeat before it counts as dead. */
  aliveThreshold: number;
}

export type SentMail = Omit<Mail, "id" | "time" | "pid" | "process">;

const mail: z.ZodMiniType<SentMail> = z.object({
  activeJobId: z.nullable(text),
  from: z.array(text),
  to: z.array(text),
  subject: text,
  html: z.nullable(text),
  text: z.nullable(text),
});

const databases: z.ZodMiniType<DatabasePaths> = z.object({
  paths: z.record(text, text),
  queue: text,
  aliveThreshold: z.number(),
});

const op = <Name extends string>(name: Name) => z.literal(`kernel.${name}`);

const CHECK_CALLS = [
  z.object({
    op: op("start_jobs"),
    queues: z.optional(z.array(text)),
    threads: z.optional(integer),
    polling_interval: z.optional(z.number()),
  }),
  z.object({ op: op("signal"), pid: integer, signal }),
  z.object({ op: op("wait"), pid: integer }),
  z.object({ op: op("processes") }),
  z.object({ op: op("advance"), ms: z.number() }),
  z.object({ op: op("mails") }),
  z.object({ op: op("fetch"), method: text, path: text, headers: pairs }),
] as const;

const CALL = z.discriminatedUnion("op", [
  z.object({ op: op("receive") }),
  z.object({ op: op("respond"), id: integer, answer: z.record(text, z.unknown()) }),
  z.object({ op: op("started") }),
  z.object({ op: op("files"), since: integer }),
  z.object({ op: op("kill"), pid: integer, signal: z.nullable(signal) }),
  z.object({ op: op("mail"), mail }),
  z.object({ op: op("databases"), databases }),
  ...CHECK_CALLS,
]);

export type KernelCall = z.infer<typeof CALL>;
/** Calls that only a check may make. */
export type CheckCall = z.infer<(typeof CHECK_CALLS)[number]>;

/** Throws an error with a sentence for what is no call. */
export function parseKernelCall(body: unknown): KernelCall {
  return explained(() => CALL.parse(body));
}

const rubyError = z.object({
  className: text,
  message: text,
  backtrace: z.array(text),
  location: z.nullable(z.object({ path: text, line: integer })),
});

const EVALUATION = z.object({
  output: text,
  result: z.nullable(text),
  error: z.nullable(rubyError),
});

const CHECK_RESULT = z.object({
  passed: z.boolean(),
  tests: z.array(
    z.object({
      name: text,
      status: z.enum(["passed", "failed", "error", "skipped"]),
      message: z.nullable(text),
      hint: z.nullable(text),
      location: rubyError.shape.location,
    }),
  ),
  error: z.nullable(rubyError),
});

const RACK_ANSWER = z.object({ status: integer, headers: pairs });
const ACTION_RESULT = z.object({ error: z.optional(rubyError) });

export const parseEvaluation = (answer: unknown): Evaluation =>
  explained(() => EVALUATION.parse(answer));
export const parseCheckResult = (answer: unknown): CheckResult =>
  explained(() => CHECK_RESULT.parse(answer));
export const parseRackAnswer = (answer: unknown) => explained(() => RACK_ANSWER.parse(answer));
/** What an action on the queue answers. */
export const parseActionResult = (answer: unknown) => explained(() => ACTION_RESULT.parse(answer));
