/** Statements of the page that may write, each a transaction of its own that waits its turn. */
import { DatabaseError } from "../sandbox.ts";
import type { ExecuteResult, SqlValue } from "../sandbox.ts";
import type { Client, Clients } from "./clients.ts";
import type { Engine } from "./engine.ts";
import { SqliteError } from "./errors.ts";
import { explained } from "./page.ts";
import { SQLITE } from "./sqlite-functions.ts";
import { queryValues } from "./values.ts";
import type { WaitingLine } from "./waiting-line.ts";

const ONE_STATEMENT =
  "Here each statement is a transaction of its own: BEGIN, COMMIT, ATTACH and a PRAGMA that changes something are not possible.";

/** The page is no process. */
export const PAGE_PID = 0;

export class PageWriter {
  readonly #engine: Engine;
  readonly #clients: Clients;
  readonly #waiting: WaitingLine;
  readonly #note: (client: Client) => void;

  /** @param note called after every statement */
  constructor(
    engine: Engine,
    clients: Clients,
    waiting: WaitingLine,
    note: (client: Client) => void,
  ) {
    this.#engine = engine;
    this.#clients = clients;
    this.#waiting = waiting;
    this.#note = note;
  }

  /**
   * Rejects with DatabaseError.
   * @param giveUp ends the wait for the lock
   */
  execute(
    path: string,
    sql: string,
    binds: readonly SqlValue[],
    giveUp: AbortSignal,
  ): Promise<ExecuteResult> {
    return new Promise((resolve, reject) => {
      const client = explained(() => this.#open(path));
      const settle = () => {
        this.#clients.close(client);
        giveUp.removeEventListener("abort", stop);
      };
      const stop = () => {
        this.#waiting.drop(client.connection);
        settle();
        reject(
          new DatabaseError(
            "The database stayed locked: somebody else is writing. Try again later.",
          ),
        );
      };
      /** False while it has to wait. */
      const attempt = () => {
        try {
          const result = explained(() => this.#run(client, sql, binds), ONE_STATEMENT);
          settle();
          resolve(result);
        } catch (error) {
          if (isBusy(error)) return false;
          settle();
          reject(error as Error);
        }
        return true;
      };
      if (attempt()) return;
      giveUp.addEventListener("abort", stop, { once: true });
      this.#waiting.add(PAGE_PID, client.connection, () => (attempt() ? DONE : null));
    });
  }

  #run(client: Client, sql: string, binds: readonly SqlValue[]): ExecuteResult {
    const { connection } = client;
    const before = connection.totalChanges;
    connection.authorize(this.#engine.singleStatements);
    try {
      const result = queryValues(this.#engine, connection, sql, binds, true);
      return { ...result, changes: connection.totalChanges - before };
    } finally {
      connection.authorize(0);
      this.#note(client);
    }
  }

  #open(path: string): Client {
    const options = { readonly: false, create: false, strict: true };
    const client = this.#clients.open(PAGE_PID, path, options);
    queryValues(this.#engine, client.connection, "PRAGMA foreign_keys = ON", [], true);
    return client;
  }
}

const DONE = { json: "{}", blobs: [] };

function isBusy(error: unknown): boolean {
  const { cause } = error as Error;
  return cause instanceof SqliteError && cause.primary === SQLITE.BUSY;
}
