/**
 * Moves sandbox time forward as a discrete simulation: jump to the next moment when something falls
 * due, let every process do what there is to do, jump again. So what falls due happens in order, and
 * an hour takes as long as the work in it.
 */
import type { SharedClock } from "../clock.ts";
import { SandboxError } from "../sandbox.ts";
import type { ProcessTable } from "./process-table.ts";

/** A process that computes is waited for this long (machine's ms); then time goes on without it. */
const PATIENCE_MS = 2_000;
/** Work that nobody takes (no worker serves that queue) is offered so many polls. */
const IDLE_POLLS = 12;
/** Jumps of a heartbeat's length would make a day 1,440 steps; one may be skipped, a process may not die of it. */
const LARGEST_JUMP_MS = 4 * 60_000;

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
}

/** @param ms at least 0; a negative one rejects with SandboxError */
export async function advanceClock(
  parts: AdvanceParts,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  if (!(ms >= 0 && Number.isFinite(ms))) throw new SandboxError("The clock only moves forward.");
  const { clock, processes } = parts;
  // Counted in offsets: the machine's own clock goes on meanwhile and must not shorten the way.
  const target = clock.offset() + ms;
  let fruitless = 0;
  while (clock.offset() < target) {
    signal?.throwIfAborted();
    await quiet(parts, signal);
    const { work, nextAt } = await parts.outlook();
    const left = target - clock.offset();
    const waiting = work > 0 && processes.alive("jobs").length > 0 && fruitless < IDLE_POLLS;
    fruitless = work > 0 ? fruitless + 1 : 0;
    if (work === 0) fruitless = 0;
    clock.forward(Math.min(left, nextJump(parts, nextAt, waiting)));
    for (const record of processes.alive()) record.control.wake();
  }
  await quiet(parts, signal);
}

/** How far to the next moment that matters, in ms. */
function nextJump({ clock, processes }: AdvanceParts, nextJobAt: number, waiting: boolean): number {
  const now = clock.now();
  const alive = processes.alive();
  const due = alive.map((record) => record.control.dueAt);
  const polls = waiting ? alive.map((record) => record.control.timerAt) : [];
  const next = Math.min(
    nextJobAt,
    ...due.filter((at) => at > now),
    ...polls.filter((at) => at > now),
  );
  return Math.max(1, Math.min(next - now, LARGEST_JUMP_MS));
}

/** Waits until every process sleeps, or has computed for so long that it is not waited for. */
async function quiet({ processes }: AdvanceParts, signal?: AbortSignal): Promise<void> {
  const records = processes.alive().filter((record) => record.info.status !== "starting");
  if (records.every((record) => record.control.idle)) return;
  for (const record of records) record.control.reportIdle(true);
  const { promise, resolve } = Promise.withResolvers<void>();
  const check = () => {
    if (records.every((record) => !record.alive || record.control.idle)) resolve();
  };
  const stopListening = processes.onIdle(check);
  const timer = setTimeout(resolve, PATIENCE_MS);
  signal?.addEventListener("abort", () => resolve(), { once: true });
  check();
  await promise;
  clearTimeout(timer);
  stopListening();
  for (const record of records) record.control.reportIdle(false);
}
