/**
 * Databases as they were: for each one a copy in memory, made when first asked for, on which the
 * history is played backwards and forwards. A copy takes as much memory as its database.
 */
import { DatabaseError } from "../sandbox.ts";
import { Connection } from "./connection.ts";
import type { Engine } from "./engine.ts";
import type { Commit, History } from "./history.ts";

interface Copy {
  connection: Connection;
  /** The newest commit that is in it. */
  commit: number;
}

export class Past {
  readonly #engine: Engine;
  readonly #copies = new Map<string, Copy>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * A connection, for reading, to the database as it was at that sandbox time.
   * @param now serializes the database as it is
   * @throws {DatabaseError} when that time is not known any more
   */
  at(path: string, time: number, history: History, now: () => Uint8Array): Connection {
    const target = history.at(time);
    const copy = this.#reachable(path, history) ?? this.#make(path, history, now);
    try {
      this.#move(copy, target, history);
    } catch (error) {
      this.forget(path);
      throw new DatabaseError("The tables as they were then could not be put together.", {
        cause: error,
      });
    }
    return copy.connection;
  }

  forget(path: string): void {
    this.#copies.get(path)?.connection.close();
    this.#copies.delete(path);
  }

  forgetAll(): void {
    for (const path of [...this.#copies.keys()]) this.forget(path);
  }

  /** The copy, unless commits that it would have to pass are forgotten. */
  #reachable(path: string, history: History): Copy | null {
    const copy = this.#copies.get(path);
    if (copy === undefined || history.between(copy.commit, history.last) !== null)
      return copy ?? null;
    this.forget(path);
    return null;
  }

  #make(path: string, history: History, now: () => Uint8Array): Copy {
    const connection = new Connection(this.#engine, {
      file: "",
      readonly: false,
      create: true,
      strict: true,
    });
    const copy = { connection, commit: history.last };
    this.#copies.set(path, copy);
    connection.load(now());
    return copy;
  }

  #move(copy: Copy, target: number, history: History): void {
    const { connection, commit } = copy;
    if (commit === target) return connection.authorize(this.#engine.readersOnly);
    const commits = history.between(Math.min(commit, target), Math.max(commit, target)) as Commit[];
    connection.authorize(0);
    if (target > commit) for (const { changeset } of commits) connection.apply(changeset, false);
    else for (const { changeset } of commits.reverse()) connection.apply(changeset, true);
    connection.authorize(this.#engine.readersOnly);
    copy.commit = target;
  }
}
