/**
 * One run of a check, test by test. Each test has a limit in real time; what hangs when it is over is
 * ended, and the test says where it hung.
 */
import {
  SandboxError,
  type CheckResult,
  type RubyError,
  type SourceLocation,
  type TestResult,
} from "../sandbox.ts";
import { parseCheckOutline, parseTestResult, type CheckOutline } from "./kernel-messages.ts";
import type { LocalSandbox } from "./local-sandbox.ts";
import type { ProcessRecord } from "./process-record.ts";

/** After a limit a test has this long (ms) to end by itself before its own process is killed. */
const GRACE_MS = 3_000;

/** Why a test was stopped. */
export interface Hung {
  message: string;
  location: SourceLocation | null;
}

export class CheckRun {
  readonly #sandbox: LocalSandbox;
  readonly #source: string;
  /** Set once the time of the test in hand is over. */
  #hung: Hung | null = null;

  constructor(sandbox: LocalSandbox, source: string) {
    this.#sandbox = sandbox;
    this.#source = source;
  }

  get hung(): Hung | null {
    return this.#hung;
  }

  /** Rejects with SandboxError when the check itself cannot be run. */
  async result(): Promise<CheckResult> {
    const { tests: outlines, stopAtHint, error } = parseCheckOutline(await this.#ask(null));
    const tests: TestResult[] = [];
    for (const [number, outline] of outlines.entries()) {
      const test = await this.#test(number, outline);
      tests.push(test);
      if (stopAtHint && test.hint !== null) break;
    }
    const failed = tests.some(({ status }) => status === "failed" || status === "error");
    return { passed: error === null && tests.length > 0 && !failed, tests, error };
  }

  async #test(
    number: number,
    { name, limitMs }: CheckOutline["tests"][number],
  ): Promise<TestResult> {
    this.#hung = null;
    let timer = setTimeout(() => {
      this.#stop(limitMs);
      timer = setTimeout(() => this.#kill(this.#sandbox.checkProcess), GRACE_MS);
    }, limitMs);
    try {
      await this.#sandbox.startWebAgain();
      return parseTestResult(await this.#ask(number));
    } catch (error) {
      const { message, location } = this.#hung ?? {
        message: (error as Error).message,
        location: null,
      };
      return { name, status: "error", message, hint: null, location };
    } finally {
      clearTimeout(timer);
    }
  }

  async #ask(test: number | null): Promise<Record<string, unknown>> {
    const process = await this.#sandbox.checkProcessStarted();
    const { answer } = await process.ask({ type: "check", source: this.#source, test });
    return answer;
  }

  #stop(limitMs: number): void {
    const culprit = this.#culprit();
    this.#hung = describeHung(culprit, limitMs);
    this.#kill(culprit);
  }

  /** Who keeps the test waiting: the process that was asked something, one that computes, or the test's own. */
  #culprit(): ProcessRecord | undefined {
    const { records, checkProcess } = this.#sandbox;
    const others = records.filter((record) => record !== checkProcess);
    return (
      others.find((record) => record.asked) ??
      others.find((record) => !record.control.idle) ??
      others.find((record) => record.lastLine !== null) ??
      checkProcess
    );
  }

  #kill(process: ProcessRecord | undefined): void {
    if (process?.alive) this.#sandbox.processes.signal(process.info.pid, "KILL");
  }
}

export function describeHung(process: ProcessRecord | undefined, limitMs: number): Hung {
  const location = process?.lastLine ?? null;
  const who = process ? `the ${process.info.kind} process` : "the sandbox";
  const where = location ? ` at ${location.path}:${location.line}` : "";
  const message =
    `Stopped after ${limitMs / 1000} seconds: ${who} was still busy${where}. ` +
    "Is there a loop or a wait that never ends?";
  return { message, location };
}

/** A process that did not start is the app's fault more often than the sandbox's. */
export function failedToStart(error: RubyError): CheckResult {
  return { passed: false, tests: [], error };
}

export function hungAtStart({ message, location }: Hung): CheckResult {
  return failedToStart({ className: SandboxError.name, message, backtrace: [], location });
}
