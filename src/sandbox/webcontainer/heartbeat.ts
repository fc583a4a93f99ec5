/**
 * Notices that the container is dead or frozen, which nothing else tells: a frame that is gone sends no event.
 * It counts questions that were really asked and not answered. Wall-clock time would count the night in
 * which the machine slept, and the minutes of a background tab whose timers the browser holds back.
 */

export interface HeartbeatLimits {
  /** ms from one question to the next. */
  everyMs?: number | undefined;
  /** So many questions in a row without a word from the container, and it is lost. */
  unanswered?: number | undefined;
}

/**
 * The runner answers from its own event loop, in which no Ruby and no SQL runs: its longest work is to spell
 * out a large message, some seconds on a slow machine. A minute is generous.
 */
const EVERY_MS = 10_000;
const UNANSWERED = 6;

export class Heartbeat {
  readonly #ask: () => void;
  readonly #onDead: () => void;
  readonly #everyMs: number;
  readonly #limit: number;
  #unanswered = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /**
   * @param ask sends the question
   * @param onDead called once, when there was no answer to the last of them
   */
  constructor(ask: () => void, onDead: () => void, limits: HeartbeatLimits = {}) {
    this.#ask = ask;
    this.#onDead = onDead;
    this.#everyMs = limits.everyMs ?? EVERY_MS;
    this.#limit = limits.unanswered ?? UNANSWERED;
  }

  start(): void {
    this.#unanswered = 0;
    this.#next();
  }

  /** Something came from the container: it lives, whatever was asked. */
  heard(): void {
    this.#unanswered = 0;
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Each timer is set after the last one: those that are late after a sleep do not come all at once. */
  #next(): void {
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#unanswered >= this.#limit) return this.#onDead();
      this.#unanswered += 1;
      this.#ask();
      this.#next();
    }, this.#everyMs);
  }
}
