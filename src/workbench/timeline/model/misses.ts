import { ranUntil } from "./jobs.ts";
import { singular } from "./transactions.ts";
import type { EmptyStatement, JobBar, RowBand, TimelineState, TransactionMark } from "./types.ts";

/** A job looked for a row that only an open transaction could see, or that was rolled back. */
export interface Miss {
  job: JobBar;
  transaction: TransactionMark;
  statement: EmptyStatement;
  /** What it looked for, as prose names it: `photo`. */
  row: string;
  /**
   * `early`: the row was committed later, `until` is then; `pending`: its transaction is still open;
   * `gone`: it was rolled back.
   */
  kind: "early" | "pending" | "gone";
  /** From where it is measured: the job's end, or its look where it went on after the COMMIT. */
  from: number;
  until: number | null;
}

/** The first miss of a job; null where it missed nothing. */
export function missOf(state: TimelineState, job: JobBar): Miss | null {
  for (const statement of job.empty) {
    const transaction = state.transactions.findLast((candidate) =>
      candidate.bands.some((band) => isMissed(band, statement, candidate, job)),
    );
    if (transaction) return miss(job, transaction, statement);
  }
  return null;
}

function isMissed(
  band: RowBand,
  { time, table, ids }: EmptyStatement,
  { until, end, id }: TransactionMark,
  { origin }: JobBar,
): boolean {
  if (band.operation !== "insert" || band.table !== table || band.from > time) return false;
  if (end === "committed" && until !== null && until <= time) return false;
  if (ids) return ids.some((wanted) => band.ids.has(String(wanted)));
  // It looked without an id: what its own cause is about to write is what it must have meant.
  return origin?.transaction === id;
}

function miss(job: JobBar, transaction: TransactionMark, statement: EmptyStatement): Miss {
  const { end, until } = transaction;
  const kind = end === "committed" ? "early" : end === null ? "pending" : "gone";
  const ended = ranUntil(job);
  const endedBefore = ended !== null && (until === null || ended <= until);
  const from = endedBefore ? ended : statement.time;
  return { job, transaction, statement, row: singular(statement.table), kind, from, until };
}
