/**
 * What `lessons/<slug>/experiment.yml` may say: the steps behind the buttons of a lesson's
 * experiment, and what each shows. The text around them stays in the lesson's MDX.
 */
import * as z from "zod";

/** `app/models/photo.rb:5`, or without a line. */
const place = z.string().regex(/^[^:\s]+(:\d+)?$/, "must look like app/models/photo.rb:5");
const seconds = z.number().positive();

/** One thing that a step does, in the order written. */
const action = z.union([
  /** Shows a file in the editor, at a line. */
  z.strictObject({ open: place }),
  /** Shows a panel of the workbench. */
  z.strictObject({ show: z.string() }),
  /** Lays `variants/<name>/` over the learner's files; they can take it back. */
  z.strictObject({ files: z.string() }),
  /** Runs Ruby at the console's prompt. A step stops where it raises, unless `raises` names the class. */
  z.strictObject({ console: z.string(), raises: z.string().optional() }),
  /**
   * One request, `POST /photos`, with the fields of a form that stands on the page `formOn`.
   * `meanwhile` is a page that another visitor asks for right after it.
   */
  z.strictObject({
    request: z.string().regex(/^(GET|POST|PATCH|PUT|DELETE) \//),
    meanwhile: z.string().startsWith("/").optional(),
    form: z.record(z.string(), z.string()).optional(),
    formOn: z.string().startsWith("/").optional(),
  }),
  /** Starts a process; with `ifNone`, only where none of that kind lives. */
  z.strictObject({
    start: z.enum(["web", "jobs"]),
    ifNone: z.literal(true).optional(),
    queues: z.array(z.string()).optional(),
    threads: z.number().int().positive().optional(),
    pollingInterval: seconds.optional(),
  }),
  /** Sends a signal to the process of that name, or to every living one of that kind. */
  z.strictObject({ signal: z.enum(["TERM", "QUIT", "KILL"]), process: z.string() }),
  /** Ends, with TERM, every living process of that name or kind; there may be none. */
  z.strictObject({ stop: z.string() }),
  /** Moves the sandbox's clock forward. */
  z.strictObject({ advance: seconds }),
  /** Waits until the Ruby expression is true. */
  z.strictObject({ until: z.string() }),
  /** Waits until so many jobs, at least, are in a state. */
  z.strictObject({ untilJobs: z.record(z.string(), z.number().int().nonnegative()) }),
  /** Waits until a process has printed a line that matches. */
  z.strictObject({ untilLog: z.string() }),
  /** Waits until no job is ready or claimed. */
  z.strictObject({ drain: z.literal(true) }),
]);

/** What a run must have shown, for the course to be true. */
const expectation = z.union([
  z.string(),
  z.strictObject({ matches: z.string() }),
  z.strictObject({ atLeast: z.number() }),
  z.strictObject({ atMost: z.number() }),
]);

/**
 * Where a reading comes from: Ruby run after the step; what its last console line or request gave
 * (`meanwhile` is the other visitor's wait in seconds, `first` who was answered first: `request` or
 * `meanwhile`); the mails sent so far: their number, or a part of the newest; or what the newest
 * line of the log that matches has in the pattern's first group.
 */
const source = {
  ruby: z.string().optional(),
  last: z
    .enum(["result", "output", "error", "message", "status", "seconds", "meanwhile", "first"])
    .optional(),
  mail: z.enum(["count", "subject", "to", "text"]).optional(),
  log: z.string().optional(),
};
type Source = { [Key in keyof typeof source]?: string | undefined };
const hasSource = ({ ruby, last, mail, log }: Source) =>
  [ruby, last, mail, log].filter((given) => given !== undefined).length === 1;
const SOURCE_MESSAGE = "needs one of ruby, last, mail and log";

/**
 * One value that a step shows when it has run. A duration, in seconds, needs no `expect`: it is
 * different on each machine. The tests demand a number of it. `last: seconds` and `last: meanwhile` are
 * durations anyway.
 */
const reading = z
  .strictObject({
    label: z.string(),
    ...source,
    expect: expectation.optional(),
    duration: z.literal(true).optional(),
  })
  .refine(hasSource, SOURCE_MESSAGE)
  .refine(({ duration, ruby }) => !duration || ruby !== undefined, "duration goes with ruby");

/** What happened, in one word that a `<Prediction>` has an option for. */
const outcome = z.strictObject({ ...source, expect: z.string() }).refine(hasSource, SOURCE_MESSAGE);

const step = z.strictObject({
  do: z.array(action).min(1),
  /** By name, for `<Result step value>`. */
  shows: z.record(z.string(), reading).default({}),
  outcome: outcome.optional(),
  /** Whose files the course's own test runs it on. */
  on: z.enum(["starter", "solution"]).default("starter"),
});

/** The whole file: steps by name, in the order of the text. */
export const experimentSchema = z.strictObject({ steps: z.record(z.string(), step) });

export type Action = z.infer<typeof action>;
export type Expectation = z.infer<typeof expectation>;
export type Reading = z.infer<typeof reading>;
export type ReadingSource = Pick<Reading, "ruby" | "last" | "mail" | "log">;
export type Step = z.infer<typeof step>;
export type Experiment = z.infer<typeof experimentSchema>;
