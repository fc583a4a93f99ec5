import type { EventBody, SandboxEvent } from "../../../src/sandbox/events.ts";
import type { SandboxEvents } from "../../../src/sandbox/sandbox.ts";

/** An event stream that a test feeds. */
export interface FakeEvents extends SandboxEvents {
  /** @param time sandbox time in ms */
  emit(body: EventBody, time?: number): void;
  listeners(): number;
}

export function fakeEvents(): FakeEvents {
  const kept: SandboxEvent[] = [];
  const listeners = new Set<(event: SandboxEvent) => void>();
  return {
    history: () => kept,
    listeners: () => listeners.size,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit(body, time = 0) {
      const event = { seq: kept.length + 1, time, pid: 1, process: "web", ...body };
      kept.push(event);
      for (const listener of listeners) listener(event);
    },
  };
}
