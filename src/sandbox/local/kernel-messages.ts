/** The `kernel.*` calls and answers of a process (src/sandbox/ruby), checked where they enter. */
import * as z from "zod/mini";
import type {
  Completion,
  Evaluation,
  Mail,
  RecurringTask,
  RubyError,
  TestResult,
} from "../sandbox.ts";
import { explained, rubyError } from "./process-messages.ts";

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
  /** How often (ms) a process shows that it is alive. */
  heartbeatInterval: number;
  /** How long (ms) a process may be without heartbeat before it counts as dead. */
  aliveThreshold: number;
  /** For how long (ms) jobs may go on after TERM. */
  shutdownTimeout: number;
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
  heartbeatInterval: z.number(),
  aliveThreshold: z.number(),
  shutdownTimeout: z.number(),
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
  z.object({ op: op("places") }),
  z.object({ op: op("time_left") }),
  z.object({ op: op("fetch"), method: text, path: text, headers: pairs }),
] as const;

const CALL = z.discriminatedUnion("op", [
  z.object({ op: op("receive") }),
  z.object({ op: op("respond"), id: integer, answer: z.record(text, z.unknown()) }),
  z.object({ op: op("started") }),
  z.object({ op: op("files"), since: integer }),
  z.object({ op: op("kill"), pid: integer, signal: z.nullable(signal) }),
  z.object({ op: op("interrupted") }),
  z.object({ op: op("lives_on") }),
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

const EVALUATION = z.object({
  output: text,
  result: z.nullable(text),
  error: z.nullable(rubyError),
});

/** What a check's process answers when it is asked for its tests (ruby/sandbox/check/run.rb). */
export interface CheckOutline {
  tests: { name: string; limitMs: number }[];
  /** Leave the rest out once a test has failed with a hint. */
  stopAtHint: boolean;
  error: RubyError | null;
}

const CHECK_OUTLINE = z.object({
  tests: z.array(z.object({ name: text, limitMs: z.number() })),
  stopAtHint: z.boolean(),
  error: z.nullable(rubyError),
});

const TEST_RESULT = z.object({
  name: text,
  status: z.enum(["passed", "failed", "error", "skipped"]),
  message: z.nullable(text),
  hint: z.nullable(text),
  location: rubyError.shape.location,
});

/** What the app raised in a request, where it did. */
const requestError = z.omit(rubyError, { backtrace: true });

const RACK_ANSWER = z.object({
  status: integer,
  headers: pairs,
  error: z.nullable(requestError),
});
const ACTION_RESULT = z.object({ value: z.optional(z.unknown()), error: z.optional(rubyError) });
const CHANGED = z.int();
const COMPLETION = z.object({ candidates: z.array(text), length: integer });
const WHOLE = z.object({ whole: z.boolean() });

/** What Ruby tells of a recurring task's schedule. */
export type Schedule = Pick<RecurringTask, "key" | "cron" | "zone" | "nextAt" | "arguments">;
const SCHEDULES: z.ZodMiniType<Schedule[]> = z.array(
  z.object({
    key: text,
    cron: text,
    zone: z.nullable(text),
    nextAt: z.nullable(z.number()),
    arguments: text,
  }),
);

export const parseEvaluation = (answer: unknown): Evaluation =>
  explained(() => EVALUATION.parse(answer));
export const parseCheckOutline = (answer: unknown): CheckOutline =>
  explained(() => CHECK_OUTLINE.parse(answer));
export const parseTestResult = (answer: unknown): TestResult =>
  explained(() => TEST_RESULT.parse(answer));
export const parseRackAnswer = (answer: unknown) => explained(() => RACK_ANSWER.parse(answer));
/** What an action on the queue answers. */
export const parseActionResult = (answer: unknown) => explained(() => ACTION_RESULT.parse(answer));
/** How many rows an action changed. */
export const parseChanged = (value: unknown): number => explained(() => CHANGED.parse(value));
export const parseSchedules = (value: unknown): Schedule[] =>
  explained(() => SCHEDULES.parse(value));
export const parseCompletion = (answer: unknown): Completion =>
  explained(() => COMPLETION.parse(answer));
export const parseWhole = (answer: unknown): boolean => explained(() => WHOLE.parse(answer)).whole;
