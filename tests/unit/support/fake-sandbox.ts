import type { EventBody, SandboxEvent } from "../../../src/sandbox/events.ts";
import type { SandboxEvents } from "../../../src/sandbox/sandbox.ts";

/** An event stream that a test feeds. */
export interface FakeEvents extends SandboxEvents {
  emit(body: EventBody): void;
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
    emit(body) {
      const event = { seq: kept.length + 1, time: 0, pid: 1, process: "web", ...body };
      kept.push(event);
      for (const listener of listeners) listener(event);
    },
  };
}
