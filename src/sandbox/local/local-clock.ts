/** `Sandbox.clock`: sandbox time as the page sees and moves it. */
import { readOutlook } from "../backends/solid-queue.ts";
import type { SharedClock } from "../clock.ts";
import type { EventBody } from "../events.ts";
import type { SandboxClock } from "../sandbox.ts";
import { abortable } from "./abortable.ts";
import { advanceClock } from "./advance.ts";
import type { Machine } from "./machine.ts";
import type { ProcessRecord } from "./process-record.ts";
import type { EventStream } from "./streams.ts";

export interface LocalClockParts {
  clock: SharedClock;
  events: EventStream;
  /** @throws {SandboxError} while the sandbox does not run */
  machine(): Machine;
  /** Every process that is alive; none while the sandbox does not run. */
  records(): ProcessRecord[];
  /** The process of a check, which waits for the answer when it asks for time. */
  asking(): ProcessRecord | undefined;
}

export class LocalClock implements SandboxClock {
  readonly #parts: LocalClockParts;
  /** Settled when the last advance that was asked for is over. */
  #advancing: Promise<void> = Promise.resolve();

  constructor(parts: LocalClockParts) {
    this.#parts = parts;
  }

  now = () => this.#parts.clock.now();
  offset = () => this.#parts.clock.offset();
  frozen = () => this.#parts.clock.frozen;
  freeze = () => this.#setFrozen(true);
  unfreeze = () => this.#setFrozen(false);

  async nextDue(): Promise<number | null> {
    const { processes } = this.#parts.machine();
    const now = this.now();
    const { nextAt } = await this.#outlook();
    const moments = [nextAt, ...processes.alive().map((record) => record.control.dueAt)];
    const next = Math.min(...moments.filter((at) => at > now));
    return Number.isFinite(next) ? next : null;
  }

  advance(ms: number, signal?: AbortSignal): Promise<void> {
    const before = this.#advancing;
    const next = abortable(before, signal).then(() => this.#advance(ms, signal));
    // Whoever gives up while waiting for its turn does not let the next one in any earlier.
    this.#advancing = next.catch(() => before);
    return next;
  }

  async #advance(ms: number, signal?: AbortSignal): Promise<void> {
    const { clock, machine, asking } = this.#parts;
    const { processes, databases, queue } = machine();
    let by = 0;
    const parts = {
      clock,
      processes,
      outlook: () => this.#outlook(),
      registered: () => queue.processes(),
      aliveThreshold: databases.aliveThreshold,
      asking: asking(),
      onJump: (jump: number) => (by += jump),
    };
    try {
      await advanceClock(parts, ms, signal);
    } finally {
      // Also where it was given up on the way: so far time has moved.
      if (by > 0) this.#tell({ type: "clock.advanced", by });
    }
  }

  #outlook() {
    const { databases } = this.#parts.machine();
    return readOutlook((sql, binds) => databases.queryQueue(sql, binds), this.now());
  }

  #setFrozen(frozen: boolean): void {
    const { clock, records } = this.#parts;
    if (frozen === clock.frozen) return;
    if (frozen) clock.freeze();
    else clock.unfreeze();
    // They wait again, by the new clock.
    for (const { control } of records()) control.wake();
    this.#tell({ type: frozen ? "clock.frozen" : "clock.unfrozen" });
  }

  #tell(body: EventBody): void {
    this.#parts.events.add({ pid: 0, process: "sandbox", time: this.now() }, body);
  }
}
