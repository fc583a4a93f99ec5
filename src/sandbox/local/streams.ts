/** What the sandbox keeps and tells: events and log lines. */
import type { EventBody, SandboxEvent } from "../events.ts";
import type { LogLine, SandboxEvents, SandboxLogs, Unsubscribe } from "../sandbox.ts";
import { keepNewest, keepSmall } from "./keep-newest.ts";

const KEPT_EVENTS = 20_000;
const KEPT_LINES = 100_000;
/** Characters of all lines together: long lines push out more of the old ones. */
const KEPT_CHARACTERS = 20_000_000;

export class EventStream implements SandboxEvents {
  #last = 0;
  #events: SandboxEvent[] = [];
  readonly #listeners = new Set<(event: SandboxEvent) => void>();

  history(): readonly SandboxEvent[] {
    return this.#events;
  }

  subscribe(listener: (event: SandboxEvent) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param time sandbox time in ms */
  add(source: { pid: number; process: string; time: number }, body: EventBody): void {
    // The body comes from a process: it must not stand in for what only the sandbox knows.
    const event: SandboxEvent = { ...body, seq: ++this.#last, ...source };
    this.#events = keepNewest(this.#events, [event], KEPT_EVENTS);
    for (const listener of this.#listeners) tell(listener, event);
  }
}

export class LogStream implements SandboxLogs {
  #last = 0;
  #lines: LogLine[] = [];
  /** Characters added since they were last counted. */
  #added = 0;
  readonly #listeners = new Set<(lines: readonly LogLine[]) => void>();

  history(): readonly LogLine[] {
    return this.#lines;
  }

  dropped(): number {
    return this.#last - this.#lines.length;
  }

  subscribe(listener: (lines: readonly LogLine[]) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(lines: Omit<LogLine, "seq">[]): void {
    const numbered = lines.map((line) => ({ seq: ++this.#last, ...line }));
    this.#lines = keepNewest(this.#lines, numbered, KEPT_LINES);
    this.#keepShort(numbered);
    for (const listener of this.#listeners) tell(listener, numbered);
  }

  /** Counts only after a quarter of the limit has come in, for the same reason as `keepNewest`. */
  #keepShort(added: readonly LogLine[]): void {
    for (const { text } of added) this.#added += text.length;
    if (this.#added < KEPT_CHARACTERS / 4) return;
    this.#added = 0;
    this.#lines = keepSmall(this.#lines, KEPT_CHARACTERS, ({ text }) => text.length);
  }
}

/** A listener's own failure is not the engine's. */
function tell<Value>(listener: (value: Value) => void, value: Value): void {
  try {
    listener(value);
  } catch (error) {
    console.error(error);
  }
}
