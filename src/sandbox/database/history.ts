/** What was committed to a database, newest last, as far back as fits. */
import { DatabaseError } from "../sandbox.ts";

/** Changesets of one database are kept up to so many bytes; then the oldest are forgotten. */
export const HISTORY_BYTES = 16 * 1024 * 1024;

export interface Commit {
  /** 1, 2, 3, ... for each database. */
  number: number;
  /** Sandbox time in ms. */
  time: number;
  changeset: Uint8Array;
}

export class History {
  readonly #limit: number;
  #commits: Commit[] = [];
  #bytes = 0;
  #last = 0;
  #since: number;

  /** @param since sandbox time from which on it sees every commit */
  constructor(since: number, limit = HISTORY_BYTES) {
    this.#since = since;
    this.#limit = limit;
  }

  /** The earliest sandbox time whose rows are known. */
  get since(): number {
    return this.#since;
  }

  /** The number of the newest commit. */
  get last(): number {
    return this.#last;
  }

  /** Returns the commit's number. */
  add(time: number, changeset: Uint8Array): number {
    this.#commits.push({ number: ++this.#last, time, changeset });
    this.#bytes += changeset.byteLength;
    while (this.#bytes > this.#limit) this.#forgetOldest();
    return this.#last;
  }

  /** What lies before cannot be reached: the schema changed, or the changes are unknown. */
  startAnew(time: number): number {
    this.#commits = [];
    this.#bytes = 0;
    this.#since = time;
    return ++this.#last;
  }

  /** The number of the newest commit at that time. Throws DatabaseError when it is not known any more. */
  at(time: number): number {
    if (time < this.#since)
      throw new DatabaseError(`The tables are known only from ${clock(this.#since)} on.`);
    const after = this.#commits.find((commit) => commit.time > time);
    return after === undefined ? this.#last : after.number - 1;
  }

  /** The commits after `from` up to and with `to`, oldest first; null when some are forgotten. */
  between(from: number, to: number): Commit[] | null {
    const first = this.#commits[0]?.number ?? this.#last + 1;
    if (from + 1 < first) return null;
    return this.#commits.slice(from + 1 - first, to + 1 - first);
  }

  #forgetOldest(): void {
    const oldest = this.#commits.shift() as Commit;
    this.#bytes -= oldest.changeset.byteLength;
    this.#since = oldest.time;
  }
}

function clock(time: number): string {
  return `${new Date(time).toISOString().slice(11, 23)} UTC`;
}
