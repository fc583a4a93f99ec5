/**
 * The words that a process and the sandbox share, so that a process that sleeps can be woken and one
 * that computes can see what is asked of it, without either waiting for the other.
 */
import type { SharedClock } from "./clock.ts";
import type { SignalName } from "./sandbox.ts";

const WAKE = 0;
const SIGNALS = 1;
const FILES = 2;
const SEEN = 3;
const WAITING = 4;
const REPORT_IDLE = 5;
const KILLED = 6;
const LAST_LINE = 7;
const CALLS = 8;
const WORDS = 10;
const DUE = 0;
const TIMER = 1;
const BYTES = WORDS * 4 + 2 * 8;

/** KILL is not among them: no process ever sees it. */
export type DeliverableSignal = Exclude<SignalName, "KILL">;

const SIGNAL_BITS: Record<DeliverableSignal, number> = { INT: 1, QUIT: 2, TERM: 4 };

export class ProcessControl {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #times: Float64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(BYTES)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, WORDS);
    this.#times = new Float64Array(buffer, WORDS * 4, 2);
  }

  /** Wakes the process if it sleeps; if not, its next sleep ends at once. */
  wake(): void {
    Atomics.add(this.#words, WAKE, 1);
    Atomics.notify(this.#words, WAKE);
  }

  raiseSignal(signal: DeliverableSignal): void {
    Atomics.or(this.#words, SIGNALS, SIGNAL_BITS[signal]);
    this.wake();
  }

  /** Engines differ in how soon they stop a terminated worker: from now on its calls are refused. */
  kill(): void {
    Atomics.store(this.#words, KILLED, 1);
    this.wake();
  }

  setFilesVersion(version: number): void {
    Atomics.store(this.#words, FILES, version);
  }

  /** While set, the process posts `idle` each time it goes to sleep. */
  reportIdle(enabled: boolean): void {
    Atomics.store(this.#words, REPORT_IDLE, enabled ? 1 : 0);
  }

  /** True when the process sleeps and has seen everything that it was woken for. */
  get idle(): boolean {
    return (
      Atomics.load(this.#words, WAITING) === 1 &&
      Atomics.load(this.#words, SEEN) === Atomics.load(this.#words, WAKE)
    );
  }

  /** Sandbox time (ms) of the next thing that the process waits for, polling aside. Infinity when nothing. */
  get dueAt(): number {
    return this.#times[DUE] as number;
  }

  /** The same with polling counted. */
  get timerAt(): number {
    return this.#times[TIMER] as number;
  }

  /** Counts the process's calls on its host: while it grows, the process does not merely compute. */
  get calls(): number {
    return Atomics.load(this.#words, CALLS);
  }

  /**
   * Where the process's learner code is: `file << 16 | line`, file counted from 1 in the order in which the
   * process has named them. 0: nowhere, or nobody follows it.
   */
  get lastLine(): number {
    return Atomics.load(this.#words, LAST_LINE) >>> 0;
  }

  // The process's side.

  countCall(): void {
    Atomics.add(this.#words, CALLS, 1);
  }

  /** Says when something falls due, in a process that has no time to sleep. */
  setDue(dueAt: number): void {
    this.#times[DUE] = dueAt;
  }

  set lastLine(place: number) {
    Atomics.store(this.#words, LAST_LINE, place | 0);
  }

  get killed(): boolean {
    return Atomics.load(this.#words, KILLED) === 1;
  }

  get pendingSignals(): boolean {
    return Atomics.load(this.#words, SIGNALS) !== 0;
  }

  takeSignals(): DeliverableSignal[] {
    const bits = Atomics.exchange(this.#words, SIGNALS, 0);
    const names = Object.keys(SIGNAL_BITS) as DeliverableSignal[];
    return names.filter((name) => (bits & SIGNAL_BITS[name]) !== 0);
  }

  get filesVersion(): number {
    return Atomics.load(this.#words, FILES);
  }

  /**
   * Sleeps until `wake()` is called (or was, since the last return from here) or `ms` have passed.
   * @param times sandbox time of the next due thing and of the next timer
   * @param onIdle called before sleeping when the sandbox asked for reports
   * @returns whether it was woken
   */
  sleep(ms: number, times: { dueAt: number; timerAt: number }, onIdle: () => void): boolean {
    const wake = Atomics.load(this.#words, WAKE);
    if (wake !== Atomics.load(this.#words, SEEN)) {
      Atomics.store(this.#words, SEEN, wake);
      return true;
    }
    this.#times[DUE] = times.dueAt;
    this.#times[TIMER] = times.timerAt;
    Atomics.store(this.#words, WAITING, 1);
    if (Atomics.load(this.#words, REPORT_IDLE) === 1) onIdle();
    if (ms > 0) Atomics.wait(this.#words, WAKE, wake, ms);
    Atomics.store(this.#words, WAITING, 0);
    const now = Atomics.load(this.#words, WAKE);
    Atomics.store(this.#words, SEEN, now);
    return now !== wake;
  }

  /** Sleeps `ms` of sandbox time, whatever wakes the process meanwhile, signals aside. */
  sleepThrough(ms: number, clock: Pick<SharedClock, "now" | "untilMs">): void {
    const until = clock.now() + ms;
    while (clock.now() < until && !this.pendingSignals) {
      this.sleep(clock.untilMs(until), { dueAt: until, timerAt: until }, () => {});
    }
  }
}
