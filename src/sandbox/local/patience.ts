/**
 * Waits, before time jumps on, until every process has done what there is to do, however slow the machine is. Only
 * what may never end is not waited for: a process that computes in silence, and one that talks to its host for
 * ever and has nothing overdue (a job in an endless loop of queries, whose scheduler still has its turns).
 */
import type { SharedClock } from "../clock.ts";
import type { ProcessRecord } from "./process-record.ts";
import type { ProcessTable } from "./process-table.ts";

/** In ms of the machine's time: who calls nobody, or works, for so long may never end. */
const LIMIT_MS = 10_000;
/** The same for one that has something overdue, counted from the jump. */
const OVERDUE_LIMIT_MS = 30_000;
/** Polls are work too: after so long it is enough that each has slept once, all need not sleep at once. */
const TOGETHER_MS = 2_000;
const LOOK_MS = 50;

interface Watched {
  calls: number;
  /** When it made its last call. */
  heardAt: number;
  /** Since when it works; null while it sleeps. Kept from jump to jump, so that nobody is waited for twice. */
  workingSince: number | null;
  /** It has slept since the jump. */
  hasSlept: boolean;
}

export class Patience {
  readonly #processes: ProcessTable;
  readonly #clock: SharedClock;
  readonly #watched = new Map<ProcessRecord, Watched>();
  #jumpedAt = 0;

  constructor(processes: ProcessTable, clock: SharedClock) {
    this.#processes = processes;
    this.#clock = clock;
  }

  /** Resolves when nobody of these does what is worth waiting for, or when the signal is aborted. */
  async untilQuiet(records: readonly ProcessRecord[], signal?: AbortSignal): Promise<void> {
    this.#jumpedAt = performance.now();
    for (const watched of this.#watched.values()) watched.hasSlept = false;
    const quiet = () => records.filter((record) => this.isWaitedFor(record)).length === 0;
    if (quiet()) return;
    for (const record of records) record.control.reportIdle(true);
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => quiet() && resolve();
    const stopListening = this.#processes.onIdle(look);
    const timer = setInterval(look, LOOK_MS);
    const stop = () => resolve();
    signal?.addEventListener("abort", stop, { once: true });
    look();
    await promise;
    clearInterval(timer);
    signal?.removeEventListener("abort", stop);
    stopListening();
    for (const record of records) record.control.reportIdle(false);
  }

  /** Does it work, and may that still end? */
  isWaitedFor(record: ProcessRecord): boolean {
    if (!record.alive || record.info.status === "starting") return false;
    const now = performance.now();
    const watched = this.#look(record, now);
    if (watched.workingSince === null) return false;
    if (now - watched.heardAt > LIMIT_MS) return false;
    if (now - watched.workingSince > LIMIT_MS) {
      return record.control.dueAt <= this.#clock.now() && now - this.#jumpedAt < OVERDUE_LIMIT_MS;
    }
    return !(watched.hasSlept && now - this.#jumpedAt > TOGETHER_MS);
  }

  #look(record: ProcessRecord, now: number): Watched {
    const { calls, idle } = record.control;
    const before = this.#watched.get(record);
    const working = !idle && before?.workingSince != null;
    const watched: Watched = {
      calls,
      heardAt: working && calls === before.calls ? before.heardAt : now,
      workingSince: idle ? null : (before?.workingSince ?? now),
      hasSlept: idle || (before?.hasSlept ?? false),
    };
    this.#watched.set(record, watched);
    return watched;
  }
}
