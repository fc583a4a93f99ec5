import { useEffect, useState } from "preact/hooks";
import type { SandboxClock } from "../../sandbox/sandbox.ts";

/** Sandbox time, renewed every `interval` ms: for clocks and ages on screen, not for data. */
export function useNow(clock: SandboxClock, interval = 1000): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), interval);
    return () => clearInterval(timer);
  }, [clock, interval]);
  return now;
}
