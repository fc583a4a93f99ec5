import type { RegisteredProcess } from "../../sandbox/sandbox.ts";
import { duration } from "../format.ts";

/** A heartbeat as a bar that empties until the next one, and in words. */
export interface Pulse {
  /** 1 right after a beat, 0 when the next one is due. */
  left: number;
  late: boolean;
  words: string;
}

type Beats = Pick<RegisteredProcess, "lastHeartbeatAt" | "nextHeartbeatAt" | "prunableAt">;

/** @param now sandbox time in ms */
export function pulseOf(
  { lastHeartbeatAt, nextHeartbeatAt, prunableAt }: Beats,
  now: number,
): Pulse {
  const left = (nextHeartbeatAt - now) / Math.max(1, nextHeartbeatAt - lastHeartbeatAt);
  // A beat takes a moment to be written: half a second is not late.
  if (now < nextHeartbeatAt + 500) {
    const wait = duration(Math.max(0, nextHeartbeatAt - now));
    return { left: Math.min(1, Math.max(0, left)), late: false, words: `beat in ${wait}` };
  }
  const rest = prunableAt - now;
  const words = rest > 0 ? `late, to be pruned in ${duration(rest)}` : "late, may be pruned now";
  return { left: 0, late: true, words };
}

/** The one that is nearest to its end speaks for a process. */
export function worstOf<Row extends Beats>(rows: readonly Row[]): Row | undefined {
  return rows.reduce<Row | undefined>(
    (worst, row) => (worst && worst.nextHeartbeatAt <= row.nextHeartbeatAt ? worst : row),
    undefined,
  );
}
