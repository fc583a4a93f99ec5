/**
 * A process sees a signal where it waits or calls its host (src/sandbox/ruby/sandbox/signals.rb). One that only
 * computes sees none, where a real Ruby would be interrupted; so what the signal does in the end is done from here.
 *
 * In a jobs process that is the rule of Solid Queue's supervisor (solid_queue-1.1.0/lib/solid_queue/supervisor.rb,
 * `terminate_gracefully`): TERM and INT leave its forks `shutdown_timeout` for their jobs, then they get QUIT, at
 * which they call `exit!`. Then it deregisters them, which gives their jobs back to the queue.
 */
import type { SharedClock } from "../clock.ts";
import type { ProcessExit, SignalName } from "../sandbox.ts";
import { killed } from "./exits.ts";
import type { ProcessRecord } from "./process-record.ts";

/** A process that has not called its host for so long (machine's ms) does not see what is asked of it. */
const SILENCE_MS = 2_000;
const LOOK_MS = 250;

export interface UnheardParts {
  clock: SharedClock;
  /** `SolidQueue.shutdown_timeout` in ms of sandbox time. */
  shutdownTimeout(): number;
  end(record: ProcessRecord, exit: ProcessExit): void;
}

/** Call it after the signal has been sent. */
export function endIfUnheard(
  record: ProcessRecord,
  signal: SignalName,
  { clock, shutdownTimeout, end }: UnheardParts,
): void {
  const patience = patienceFor(record, signal, shutdownTimeout());
  if (patience === null) return;
  const deadline = clock.now() + patience;
  let calls = record.control.calls;
  let heardAt = performance.now();
  const timer = setInterval(() => {
    if (record.info.status !== "stopping") return clearInterval(timer);
    const now = performance.now();
    if (record.control.idle || record.control.calls !== calls) heardAt = now;
    calls = record.control.calls;
    if (clock.now() < deadline || now - heardAt < SILENCE_MS) return;
    clearInterval(timer);
    end(record, exitOf(record, signal, patience));
  }, LOOK_MS);
  void record.ended.promise.then(() => clearInterval(timer));
}

/** For how long (ms) the process may go on; null: as long as it likes, as Puma's requests may after TERM. */
function patienceFor(
  record: ProcessRecord,
  signal: SignalName,
  shutdownTimeout: number,
): number | null {
  if (signal === "QUIT") return 0;
  if (record.role === "jobs") return shutdownTimeout;
  return record.role === "console" && signal === "TERM" ? 0 : null;
}

function exitOf(record: ProcessRecord, signal: SignalName, patience: number): ProcessExit {
  if (record.role !== "jobs") return killed(signal);
  const after = patience > 0 ? `${patience / 1000} s after ${signal}` : `by ${signal}`;
  return {
    code: 0,
    signal: null,
    reason: `ended ${after}, in the middle of a job that never paused`,
  };
}
