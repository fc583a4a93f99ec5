import { Arena } from "./arena.ts";
import { installReadersOnly, installSingleStatements } from "./authorizer.ts";
import { Binder } from "./binds.ts";
import { CommitFlags } from "./recorder.ts";
import { RowWriter } from "./rows.ts";
import { Sqlite } from "./sqlite.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

/** One instance of SQLite with what every connection on it shares. */
export class Engine {
  readonly sqlite: Sqlite;
  readonly arena: Arena;
  readonly binder: Binder;
  readonly rows: RowWriter;
  /** The authorizer of connections that may only read. */
  readonly readersOnly: Pointer;
  /** The authorizer of connections whose statements are each a transaction of its own. */
  readonly singleStatements: Pointer;
  /** For `sqlite3changeset_apply`: rows that are not as a changeset expects end it. */
  readonly abortOnConflict: Pointer;
  readonly commits: CommitFlags;
  /** Sandbox time in ms since the epoch. */
  readonly now: () => number;
  /** A statement that runs on past this many ms of the machine's time ends with SQLITE_INTERRUPT. */
  readonly statementLimit: number;

  static async load(now: () => number, statementLimit: number): Promise<Engine> {
    return new Engine(await Sqlite.load(now), now, statementLimit);
  }

  constructor(sqlite: Sqlite, now: () => number, statementLimit: number) {
    this.sqlite = sqlite;
    this.now = now;
    this.arena = new Arena(sqlite);
    this.binder = new Binder(sqlite, this.arena);
    this.rows = new RowWriter(sqlite);
    this.readersOnly = installReadersOnly(sqlite);
    this.singleStatements = installSingleStatements(sqlite);
    this.abortOnConflict = sqlite.install("ipip", () => SQLITE.CHANGESET_ABORT);
    this.commits = new CommitFlags(sqlite);
    this.statementLimit = statementLimit;
  }
}
