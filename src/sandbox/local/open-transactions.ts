import type { EventBody, TransactionEvent } from "../events.ts";

type RolledBack = Extract<TransactionEvent, { type: "transaction.rolledBack" }>;

/** The transactions that a process has told of and not ended: SQLite rolls them back when it dies. */
export class OpenTransactions {
  /** Database by transaction. */
  readonly #open = new Map<string, string>();

  follow(event: EventBody): void {
    if (event.type === "transaction.opened") this.#open.set(event.transaction, event.database);
    else if (event.type === "transaction.committed" || event.type === "transaction.rolledBack")
      this.#open.delete(event.transaction);
  }

  /** What to tell when the process has ended; afterwards none is open. */
  rollBack(): RolledBack[] {
    const open = [...this.#open];
    this.#open.clear();
    return open.map(([transaction, database]) => ({
      type: "transaction.rolledBack",
      transaction,
      database,
    }));
  }
}
