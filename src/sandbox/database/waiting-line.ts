import type { Frame } from "../frame.ts";
import type { Connection } from "./connection.ts";

/** One request that waits for a lock, and later its answer. */
interface Waiter {
  ticket: number;
  pid: number;
  connection: Connection;
  /** Since when, in sandbox time. */
  since: number;
  /** Tries once more. Returns null when the database is still locked. */
  attempt: () => Frame | null;
  answer: Frame | null;
}

/** Requests that found their database locked, first come first served for each database file. */
export class WaitingLine {
  readonly #waiters = new Map<number, Waiter>();
  readonly #onReady: (pid: number, ticket: number) => void;
  readonly #onChange: () => void;
  readonly #now: () => number;
  #lastTicket = 0;

  /**
   * @param onReady called when the answer to a ticket can be collected
   * @param onChange called when somebody begins to wait, or gives up
   */
  constructor(
    onReady: (pid: number, ticket: number) => void,
    onChange: () => void,
    now: () => number,
  ) {
    this.#onReady = onReady;
    this.#onChange = onChange;
    this.#now = now;
  }

  /** Returns the ticket. */
  add(pid: number, connection: Connection, attempt: () => Frame | null): number {
    const ticket = ++this.#lastTicket;
    const since = this.#now();
    this.#waiters.set(ticket, { ticket, pid, connection, since, attempt, answer: null });
    this.#onChange();
    return ticket;
  }

  /** Who waits for a lock, first come first. */
  waiters(): { pid: number; file: string; since: number }[] {
    return this.#pending().map(({ pid, connection, since }) => ({
      pid,
      file: connection.file,
      since,
    }));
  }

  /** Call it whenever a lock may have been let go: everyone whose turn it is gets on. */
  retry(): void {
    for (let moved = this.#waiters.size > 0; moved;) moved = this.#retryOnce();
  }

  /** The answer, which is then forgotten; null while there is none; undefined for an unknown ticket. */
  collect(pid: number, ticket: number): Frame | null | undefined {
    const waiter = this.#of(pid, ticket);
    if (waiter?.answer) this.#waiters.delete(ticket);
    return waiter?.answer;
  }

  /** Forgets the ticket. Returns the answer where it came just before, else what it waited with. */
  cancel(pid: number, ticket: number): Frame | Connection | undefined {
    const waiter = this.#of(pid, ticket);
    if (waiter !== undefined) this.#forget(waiter);
    return waiter?.answer ?? waiter?.connection;
  }

  /** Forgets what a connection waits for: it is gone, or its owner has given up. */
  drop(connection: Connection): void {
    for (const waiter of [...this.#waiters.values()]) {
      if (waiter.connection === connection) this.#forget(waiter);
    }
  }

  #forget(waiter: Waiter): void {
    this.#waiters.delete(waiter.ticket);
    this.#onChange();
  }

  #retryOnce(): boolean {
    const locked = new Set<string>();
    let moved = false;
    for (const waiter of this.#pending()) {
      const { file } = waiter.connection;
      if (locked.has(file)) continue;
      waiter.answer = waiter.attempt();
      if (waiter.answer === null) {
        locked.add(file);
      } else {
        moved = true;
        this.#onReady(waiter.pid, waiter.ticket);
      }
    }
    return moved;
  }

  #pending(): Waiter[] {
    return [...this.#waiters.values()].filter((waiter) => waiter.answer === null);
  }

  #of(pid: number, ticket: number): Waiter | undefined {
    const waiter = this.#waiters.get(ticket);
    return waiter?.pid === pid ? waiter : undefined;
  }
}
