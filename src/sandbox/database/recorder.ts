/**
 * What one connection changes, recorded by SQLite's session extension
 * (https://www.sqlite.org/sessionintro.html): for each commit one changeset, which can be applied
 * forwards and backwards. It knows rows only; a change of the schema is told by its version.
 */
import type { Engine } from "./engine.ts";
import { SqliteError } from "./errors.ts";
import type { Sqlite } from "./sqlite.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { Pointer } from "./sqlite-functions.ts";

export class Recorder {
  readonly #sqlite: Sqlite;
  readonly #commits: CommitFlags;
  readonly #db: Pointer;
  readonly #id: number;
  #session: Pointer = 0;

  constructor(engine: Engine, db: Pointer) {
    this.#sqlite = engine.sqlite;
    this.#commits = engine.commits;
    this.#db = db;
    this.#id = engine.commits.watch(db);
    this.#start();
  }

  /** Call it when no transaction is open. Returns what was committed since; null when nothing was. */
  take(): Uint8Array | null {
    const committed = this.#commits.take(this.#id);
    const empty = this.#sqlite.fn.sqlite3session_isempty(this.#session) !== 0;
    if (empty) return committed ? new Uint8Array(0) : null;
    // What was rolled back must not be compared with what others write later.
    const changes = committed ? this.#read() : null;
    this.#sqlite.fn.sqlite3session_delete(this.#session);
    this.#start();
    return changes;
  }

  close(): void {
    this.#sqlite.fn.sqlite3session_delete(this.#session);
    this.#commits.take(this.#id);
  }

  #start(): void {
    const { fn, out } = this.#sqlite;
    const code = this.#sqlite.withCString("main", (main) =>
      fn.sqlite3session_create(this.#db, main, out),
    );
    this.#sqlite.check(this.#db, code);
    this.#session = this.#sqlite.takePointer();
    this.#sqlite.setInt32At(out, 1);
    fn.sqlite3session_object_config(this.#session, SQLITE.SESSION_OBJCONFIG_ROWID, out);
    fn.sqlite3session_attach(this.#session, 0);
  }

  #read(): Uint8Array {
    const { fn, out } = this.#sqlite;
    this.#sqlite.startTimer(Infinity);
    const code = fn.sqlite3session_changeset(this.#session, out, out + 4);
    if (code !== SQLITE.OK) throw new SqliteError({ message: "the changes are unknown", code });
    const [length, start] = this.#sqlite.takePointers();
    const bytes = this.#sqlite.heap.slice(start, start + length);
    fn.sqlite3_free(start);
    return bytes;
  }
}

/** Which connections have committed something. One callback serves all of them. */
export class CommitFlags {
  readonly #sqlite: Sqlite;
  readonly #hook: Pointer;
  readonly #committed = new Set<number>();
  #lastId = 0;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    this.#hook = sqlite.install("ip", (id) => {
      this.#committed.add(id as number);
      return 0;
    });
  }

  /** Returns the connection's number here. */
  watch(db: Pointer): number {
    const id = ++this.#lastId;
    this.#sqlite.fn.sqlite3_commit_hook(db, this.#hook, id);
    return id;
  }

  take(id: number): boolean {
    return this.#committed.delete(id);
  }
}
