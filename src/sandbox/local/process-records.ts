/** The processes that the sandbox knows, in the order of their starts. */
import type { ProcessRole } from "../protocol.ts";
import type { ProcessRecord } from "./process-record.ts";

/** Of those that have ended. */
const KEPT_ENDED = 200;

export class ProcessRecords {
  readonly #records = new Map<number, ProcessRecord>();

  /** Forgets the oldest of those that have ended, where they are too many. */
  add(record: ProcessRecord): void {
    const ended = [...this.#records.values()].filter(({ alive }) => !alive);
    for (const { info } of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED)))
      this.#records.delete(info.pid);
    this.#records.set(record.info.pid, record);
  }

  /** Undefined for one that never was, and one that is forgotten. */
  find(pid: number): ProcessRecord | undefined {
    return this.#records.get(pid);
  }

  all(): ProcessRecord[] {
    return [...this.#records.values()];
  }

  alive(role?: ProcessRole): ProcessRecord[] {
    return this.all().filter(
      (record) => record.alive && (role === undefined || record.role === role),
    );
  }
}
