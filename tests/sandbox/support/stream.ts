/** What tests ask of a sandbox's events, rows and lines. */
import type { EventType, SandboxEvent } from "../../../src/sandbox/events.ts";
import type { JobRow, LogLine, ProcessInfo, Sandbox } from "../../../src/sandbox/sandbox.ts";

export type EventOf<Type extends EventType> = Extract<SandboxEvent, { type: Type }>;

/** Events of one type, oldest first. */
export function eventsOf<Type extends EventType>(sandbox: Sandbox, type: Type): EventOf<Type>[] {
  return sandbox.events.history().filter((event): event is EventOf<Type> => event.type === type);
}

/** Rows of a job class, oldest first. */
export async function rowsOf(sandbox: Sandbox, className: string): Promise<JobRow[]> {
  return (await sandbox.queue.jobs({ className, limit: 1000 })).reverse();
}

/** Lines that begin with `prefix`, oldest first. */
export function linesOf(sandbox: Sandbox, prefix: string): LogLine[] {
  return sandbox.logs.history().filter((line) => line.text.startsWith(prefix));
}

export function alive(sandbox: Sandbox, kind: ProcessInfo["kind"]): ProcessInfo[] {
  return sandbox.processes
    .list()
    .filter((process) => process.kind === kind && process.status !== "exited");
}

/** The item that the test is about; the test fails here when it is missing. */
export function present<Item>(item: Item | undefined | null, what = "the item"): Item {
  if (item === undefined || item === null) throw new Error(`${what} is missing`);
  return item;
}
