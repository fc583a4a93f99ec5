import { useEffect, useState } from "preact/hooks";
import type { SandboxClock } from "../../sandbox/sandbox.ts";

/** Sandbox time, renewed every `interval` ms: for clocks and ages on screen, not for data. */
export function useNow(clock: SandboxClock, interval = 1000): number {
  return useRead(() => clock.now(), clock, interval);
}

/** Whether sandbox time stands still, whoever froze it. */
export function useFrozen(clock: SandboxClock): boolean {
  return useRead(() => clock.frozen(), clock, 250);
}

/** What can only be looked at; drawn again when it has changed. */
function useRead<Value>(read: () => Value, source: object, interval: number): Value {
  const [, setSeen] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setSeen(read), interval);
    return () => clearInterval(timer);
  }, [source, interval]);
  return read();
}
