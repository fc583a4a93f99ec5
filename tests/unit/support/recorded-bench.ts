/** A bench on what a real sandbox told (tests/fixtures/record-queue.ts), for component tests. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import type { FileTree } from "../../../src/course/file-tree.ts";
import { memoryStorage } from "../../../src/course/storage.ts";
import { LOCAL_CAPABILITIES } from "../../../src/sandbox/capabilities.ts";
import type { SandboxEvent } from "../../../src/sandbox/events.ts";
import type {
  CheckResult,
  ConcurrencyLimit,
  EndedInterval,
  Evaluation,
  FailureGroup,
  JobFilter,
  JobPage,
  JobRow,
  JobState,
  LogLine,
  Mail,
  ProcessExit,
  ProcessInfo,
  QueueInfo,
  RecurringTask,
  RegisteredProcess,
  Sandbox,
  StartOptions,
} from "../../../src/sandbox/sandbox.ts";
import { createBench, type Bench } from "../../../src/workbench/session/bench.ts";
import { memorySnapshotStore } from "../../../src/workbench/snapshots/store.ts";
import { fakeEvents } from "./fake-sandbox.ts";

interface Recorded {
  now: number;
  events: SandboxEvent[];
  lines: LogLine[];
  processes: ProcessInfo[];
  jobs: JobRow[];
  failures: FailureGroup[];
  counts: Record<JobState, number>;
  queues: QueueInfo[];
  classNames: string[];
  registered: RegisteredProcess[];
  limits: ConcurrencyLimit[];
  recurring: RecurringTask[];
  ended: EndedInterval[];
}

const file = fileURLToPath(import.meta.resolve("../../fixtures/queue.json"));
export const RECORDED = JSON.parse(readFileSync(file, "utf8")) as Recorded;

const panels = fileURLToPath(import.meta.resolve("../../fixtures/panels.json"));
/** What tests/fixtures/record-panels.ts wrote down. */
export const PANELS = JSON.parse(readFileSync(panels, "utf8")) as {
  /** Oldest first: one in text from the console, one with HTML from a job. */
  mails: Mail[];
  /** Of the lesson's starter, of a file that Ruby cannot read, of the solution. */
  checks: Record<"starter" | "unreadable" | "solution", CheckResult>;
};

/** The recorded rows that a page of the list means; `search` looks at class and error only. */
function jobs(page: JobPage = {}) {
  const { states, queueName, activeJobId, ids, search, order, limit, offset } = page;
  const { endedFrom, endedBefore } = page;
  const endOf = ({ finishedAt, failedAt }: JobRow) => finishedAt ?? failedAt ?? NaN;
  const text = (row: JobRow) => `${row.className} ${row.error?.className ?? ""}`.toLowerCase();
  const found = RECORDED.jobs.filter(
    (row) =>
      (!states || states.includes(row.state)) &&
      (queueName === undefined || row.queueName === queueName) &&
      (activeJobId === undefined || row.activeJobId === activeJobId) &&
      (!ids || ids.includes(row.id)) &&
      (endedFrom === undefined || endOf(row) >= endedFrom) &&
      (endedBefore === undefined || endOf(row) < endedBefore) &&
      (!search || text(row).includes(search.toLowerCase())),
  );
  const byError = (a: JobRow, b: JobRow) =>
    (a.error?.className ?? "") < (b.error?.className ?? "") ? -1 : 1;
  if (order === "error") found.sort(byError);
  return found.slice(offset ?? 0, (offset ?? 0) + (limit ?? 100));
}

/** How many recorded rows a filter means, by state. */
function countsOf(filter: JobFilter): Record<JobState, number> {
  const counts = Object.fromEntries(Object.keys(RECORDED.counts).map((state) => [state, 0]));
  for (const { state } of jobs(filter)) counts[state] = (counts[state] ?? 0) + 1;
  return counts as Record<JobState, number>;
}

/** What the lesson gives, where a test is about files. */
interface Lesson {
  files: FileTree;
  solution: FileTree;
  /** The file that is seen at first, and those that are open. */
  open: string;
  focus: string[];
}

const ONE_FILE: Lesson = { files: { "a.rb": "a" }, solution: {}, open: "a.rb", focus: ["a.rb"] };

export function recordedBench(lesson = ONE_FILE) {
  const events = fakeEvents();
  for (const { seq: _, ...event } of RECORDED.events) events.emit(event);
  const changed = () => vi.fn(() => Promise.resolve(1));
  const commands = {
    jobs: vi.fn((page?: JobPage) => Promise.resolve(jobs(page))),
    retry: changed(),
    discard: changed(),
    runNow: changed(),
    pause: vi.fn(() => Promise.resolve()),
    resume: vi.fn(() => Promise.resolve()),
    runTask: vi.fn(() => Promise.resolve()),
    signal: vi.fn(),
    start: vi.fn((_options?: StartOptions) =>
      Promise.resolve(RECORDED.processes[0] as ProcessInfo),
    ),
    wait: vi.fn(() => new Promise<ProcessExit>(() => undefined)),
    pullThePlug: vi.fn(() => [{ kind: "web" as const }]),
    evaluate: vi.fn((_code?: string, _signal?: AbortSignal) =>
      Promise.resolve<Evaluation>({ output: "", result: "42", error: null }),
    ),
    complete: vi.fn(() => Promise.resolve({ candidates: ["first", "first!"], length: 3 })),
    isWhole: vi.fn(() => Promise.resolve(true)),
    check: vi.fn(() => Promise.resolve<CheckResult>({ passed: true, tests: [], error: null })),
    advance: vi.fn(() => Promise.resolve()),
    frozen: vi.fn(() => false),
    freeze: vi.fn(),
    unfreeze: vi.fn(),
    nextDue: vi.fn(() => Promise.resolve<number | null>(RECORDED.now + 5000)),
  };
  const written = { write: vi.fn(), delete: vi.fn() };
  const ok =
    <Value>(value: Value) =>
    () =>
      Promise.resolve(value);
  const sandbox = {
    capabilities: LOCAL_CAPABILITIES,
    shell: null,
    events,
    logs: { history: () => RECORDED.lines, dropped: () => 0, subscribe: () => () => {} },
    files: { list: () => Object.keys(lesson.files), ...written },
    processes: { list: () => RECORDED.processes, ...commands },
    clock: { now: () => RECORDED.now, offset: () => 0, ...commands },
    console: commands,
    evaluate: commands.evaluate,
    check: commands.check,
    mails: () => PANELS.mails,
    dispose: ok(undefined),
    queue: {
      ...commands,
      counts: (filter?: JobFilter) =>
        Promise.resolve(filter?.ids ? countsOf(filter) : RECORDED.counts),
      queues: ok(RECORDED.queues),
      classNames: ok(RECORDED.classNames),
      failures: ok(RECORDED.failures),
      processes: ok(RECORDED.registered),
      limits: ok(RECORDED.limits),
      recurringTasks: ok(RECORDED.recurring),
      ended: ok(RECORDED.ended),
    },
  };
  const bench: Bench = createBench({
    lesson: { slug: "one", title: "One", focus: lesson.focus, open: lesson.open },
    files: {
      slug: "one",
      files: lesson.files,
      solution: lesson.solution,
      check: "# tests",
      variants: {},
    },
    sandbox: sandbox as unknown as Sandbox,
    storage: memoryStorage(),
    snapshots: memorySnapshotStore(),
    restored: { name: "fresh" },
    unfit: null,
    host: { name: "tab", offered: ["tab"], fallback: null, remember: () => undefined },
    restart: () => Promise.resolve(),
  });
  bench.layout.show("jobs");
  return { bench, commands, events, files: written };
}
