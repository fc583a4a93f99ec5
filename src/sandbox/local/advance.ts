/**
 * Moves sandbox time forward as a discrete simulation: jump to the next moment when something falls
 * due, let every process do what there is to do, jump again. So what falls due happens in order, and
 * an hour takes as long as the work in it.
 */
import type { SharedClock } from "../clock.ts";
import { SandboxError, type RegisteredProcess } from "../sandbox.ts";
import { Patience } from "./patience.ts";
import type { ProcessRecord } from "./process-record.ts";
import type { ProcessTable } from "./process-table.ts";

/** Work that nobody takes (no worker serves that queue) is offered so many polls. */
const OFFERS = 12;
/** Between two offers once time has arrived: a worker's polling interval. */
const OFFER_MS = 100;
/** Whose time has come is looked at so often, and so long between two looks, until it has woken. */
const LOOKS = 1000;
const WAKING_MS = 2;
/** A process's last heartbeat gets so old at most, in parts of the time after which it counts as dead. */
const SAFE_PART = 0.8;

export interface Outlook {
  /** Jobs that a worker could take now, and scheduled ones that are due. */
  work: number;
  /** When the next scheduled job falls due. Infinity when none. */
  nextAt: number;
}

export interface AdvanceParts {
  clock: SharedClock;
  processes: ProcessTable;
  outlook(): Promise<Outlook>;
  /** Solid Queue's table of processes. */
  registered(): Promise<Pick<RegisteredProcess, "pid" | "lastHeartbeatAt">[]>;
  /** How long (ms) a process may be without heartbeat. */
  aliveThreshold: number;
  /** The process that asks for this, if it is one: it waits for the answer and is not waited for. */
  asking: ProcessRecord | undefined;
  /** Told of each jump (ms). */
  onJump(ms: number): void;
}

/** The clock's words count in ns: it has room for some centuries. */
const LONGEST_MS = 100 * 365 * 86_400_000;

/**
 * Rejects with SandboxError for less than 0 or more than 100 years, and with the signal's reason; how far time has
 * moved by then `onJump` knows.
 */
export async function advanceClock(
  parts: AdvanceParts,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  if (!(ms >= 0)) throw new SandboxError("The clock only moves forward.");
  if (ms > LONGEST_MS) throw new SandboxError("The clock moves by 100 years at most.");
  const { clock, processes, asking } = parts;
  // Counted in jumps: the machine's own clock goes on meanwhile and must not shorten the way.
  let left = ms;
  const offers = new Offers();
  const patience = new Patience(processes, clock);
  const waitedFor = () => processes.alive().filter((record) => record !== asking);
  let looks = 0;
  for (;;) {
    signal?.throwIfAborted();
    await patience.untilQuiet(waitedFor(), signal);
    const limits = await heartbeatLimits(parts);
    const { work, nextAt } = await parts.outlook();
    // From here to the jump in one go: whatever falls due meanwhile would be jumped over.
    const late = nextAt <= clock.now() || waitedFor().some(isBehind(patience, clock, work));
    if (!late) looks = 0;
    else if (left > 0 && looks++ < LOOKS) {
      await new Promise((resolve) => setTimeout(resolve, WAKING_MS));
      continue;
    }
    const offering = processes.alive("jobs").length > 0 && offers.goOn(work);
    if (left > 0) {
      const jump = Math.min(left, nextJump(parts, [nextAt, ...limits], offering));
      clock.forward(jump);
      parts.onJump(jump);
      left -= jump;
    } else if (offering && !clock.frozen)
      await new Promise((resolve) => setTimeout(resolve, OFFER_MS));
    else return;
    for (const record of processes.alive()) record.control.wake();
  }
}

/**
 * Time goes on by itself as well: who has woken for what is due now, or is just about to (the system wakes it late
 * on a busy machine), has its turn before the next jump. Polls count while there is something to take.
 */
function isBehind(patience: Patience, clock: SharedClock, work: number) {
  return (record: ProcessRecord): boolean => {
    const { idle, dueAt, timerAt } = record.control;
    const itsTime = (work > 0 ? timerAt : dueAt) <= clock.now();
    return itsTime && (idle || patience.isWaitedFor(record));
  };
}

/** Counts the polls since work last became less. */
class Offers {
  #work = 0;
  #vain = 0;

  /** Is it worth waiting for a worker to take something? */
  goOn(work: number): boolean {
    this.#vain = work < this.#work || work === 0 ? 0 : this.#vain + 1;
    this.#work = work;
    return work > 0 && this.#vain <= OFFERS;
  }
}

/**
 * Until when to stop for the heartbeats of those that live: any later, and whoever gets its turn first would
 * take the others for dead and prune them.
 */
async function heartbeatLimits(parts: AdvanceParts): Promise<number[]> {
  const alive = new Set(parts.processes.alive("jobs").map(({ info }) => info.pid));
  if (alive.size === 0) return [];
  return (await parts.registered())
    .filter(({ pid }) => alive.has(pid))
    .map(({ lastHeartbeatAt }) => lastHeartbeatAt + parts.aliveThreshold * SAFE_PART);
}

/** How far to the next moment that matters, in ms. Polls matter while there is work to take. */
function nextJump(parts: AdvanceParts, others: readonly number[], offering: boolean): number {
  const now = parts.clock.now();
  const controls = parts.processes.alive().map((record) => record.control);
  const moments = [
    ...others,
    ...controls.map((control) => control.dueAt),
    ...(offering ? controls.map((control) => control.timerAt) : []),
  ];
  const next = Math.min(...moments.filter((at) => at > now));
  return Math.max(1, Math.min(next - now, parts.aliveThreshold * SAFE_PART));
}
