import { Connection, TRANSACTION } from "./connection.ts";
import type { Engine } from "./engine.ts";
import { RequestError } from "./errors.ts";
import { fileName } from "./paths.ts";

/** One process's connection. */
export interface Client {
  handle: number;
  pid: number;
  /** Normalized; empty for a database in memory. */
  path: string;
  connection: Connection;
  /** Since when (sandbox time) it holds the lock to write; null when it does not. */
  writingSince: number | null;
}

/** Who holds the one lock to write of a database. */
export interface LockHolder {
  pid: number;
  /** As `normalizePath` gives it. */
  path: string;
  /** Sandbox time in ms. */
  since: number;
}

export interface OpenOptions {
  readonly: boolean;
  create: boolean;
  strict: boolean;
}

/** The open connections of all processes, and who is no longer allowed any. */
export class Clients {
  readonly #engine: Engine;
  readonly #clients = new Map<number, Client>();
  readonly #dead = new Set<number>();
  readonly #isKilled: (pid: number) => boolean;
  #lastHandle = 0;

  /** @param isKilled asked while a statement runs: true ends it */
  constructor(engine: Engine, isKilled: (pid: number) => boolean) {
    this.#engine = engine;
    this.#isKilled = isKilled;
  }

  /** @param path normalized, or empty for a database in memory */
  open(pid: number, path: string, options: OpenOptions): Client {
    const file = path === "" ? "" : fileName(path);
    const connection = new Connection(this.#engine, {
      file,
      ...options,
      abandoned: () => this.#isKilled(pid),
    });
    const client = { handle: ++this.#lastHandle, pid, path, connection, writingSince: null };
    this.#clients.set(client.handle, client);
    return client;
  }

  /** Throws RequestError when the process has no such connection. */
  get(pid: number, handle: number): Client {
    const client = this.#clients.get(handle);
    if (client?.pid !== pid) throw new RequestError("called on a closed database");
    return client;
  }

  close(client: Client): void {
    client.connection.close();
    this.#clients.delete(client.handle);
  }

  all(): Client[] {
    return [...this.#clients.values()];
  }

  ofProcess(pid: number): Client[] {
    return this.all().filter((client) => client.pid === pid);
  }

  ofPath(path: string): Client[] {
    return this.all().filter((client) => client.path === path);
  }

  holders(): LockHolder[] {
    return this.all().flatMap(({ pid, path, writingSince }) =>
      path === "" || writingSince === null ? [] : [{ pid, path, since: writingSince }],
    );
  }

  /** Notes whether the client holds the lock to write now: call it after each of its statements. */
  noteLock(client: Client): void {
    if (client.connection.transactionState !== TRANSACTION.write) client.writingSince = null;
    else client.writingSince ??= this.#engine.now();
  }

  admit(pid: number): void {
    this.#dead.delete(pid);
  }

  /** A message of a dead process that was still on its way must not open anything. */
  bury(pid: number): void {
    this.#dead.add(pid);
  }

  checkAlive(pid: number): void {
    if (this.#dead.has(pid)) throw new RequestError("the process has ended");
  }
}
