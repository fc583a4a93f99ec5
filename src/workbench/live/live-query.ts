import { signal, type ReadonlySignal } from "@preact/signals";
import type { SandboxEvents } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";

export interface LiveQuery<T> {
  /** The newest answer; null before the first. */
  data: ReadonlySignal<T | null>;
  /** Why the newest attempt failed; null when it did not. */
  error: ReadonlySignal<string | null>;
  /** Asks again soon; calls in between are answered together. */
  refresh(): void;
  dispose(): void;
}

export interface LiveQueryOptions<T> {
  events: SandboxEvents;
  /** Beginnings of the types of event after which the answer may have changed. */
  prefixes: string[];
  load: () => Promise<T> | T;
  /** Shortest time between two questions, in ms. */
  interval?: number;
  /** How long after the last event to ask once more: some are sent before what they tell is committed. */
  settle?: number;
}

/**
 * Data that is read again when events say it may have changed: at most once an interval, and
 * never twice at a time. The first event is answered at once.
 */
export function createLiveQuery<T>(options: LiveQueryOptions<T>): LiveQuery<T> {
  const { events, prefixes, load, interval = 150, settle = 500 } = options;
  const data = signal<T | null>(null);
  const error = signal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let settling: ReturnType<typeof setTimeout> | null = null;
  let lastEventAt = 0;
  let running = false;
  let wanted = false;
  let lastAt = 0;
  let disposed = false;

  function schedule() {
    wanted = true;
    if (running || timer !== null || disposed) return;
    timer = setTimeout(() => void ask(), Math.max(0, lastAt + interval - Date.now()));
  }

  async function ask() {
    timer = null;
    wanted = false;
    running = true;
    try {
      const answer = await load();
      if (disposed) return;
      data.value = answer;
      error.value = null;
    } catch (reason) {
      if (!disposed) error.value = sentence(reason);
    } finally {
      running = false;
      lastAt = Date.now();
      if (wanted) schedule();
    }
  }

  const unsubscribe = events.subscribe((event) => {
    if (!prefixes.some((prefix) => event.type.startsWith(prefix))) return;
    schedule();
    lastEventAt = Date.now();
    settling ??= setTimeout(settled, settle);
  });

  /** One timer for all events of a burst: it waits again as long as newer ones came. */
  function settled() {
    const rest = lastEventAt + settle - Date.now();
    settling = rest > 0 ? setTimeout(settled, rest) : null;
    if (rest <= 0) schedule();
  }
  schedule();

  return {
    data,
    error,
    refresh: schedule,
    dispose() {
      disposed = true;
      unsubscribe();
      if (settling !== null) clearTimeout(settling);
      if (timer !== null) clearTimeout(timer);
    },
  };
}
