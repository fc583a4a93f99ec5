/** Notes what every connection commits: for the history, and to be told. */
import type { RowChanges } from "../sandbox.ts";
import type { Client } from "./clients.ts";
import { addChanges, readChangeset } from "./changeset.ts";
import type { Engine } from "./engine.ts";
import { isTrap } from "./errors.ts";
import { History } from "./history.ts";

/** What one process committed to one database, commits that followed each other together. */
export interface PathChanges {
  pid: number;
  path: string;
  /** Number of the newest commit among them. */
  commit: number;
  /** Sandbox time of the newest commit. */
  time: number;
  tables: RowChanges[];
  /** Whether the schema may have changed. */
  schema: boolean;
}

export class ChangeLog {
  readonly #engine: Engine;
  readonly #histories = new Map<string, History>();
  readonly #schemaVersions = new Map<string, number>();
  #untold: PathChanges[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  history(path: string): History {
    const known = this.#histories.get(path);
    if (known !== undefined) return known;
    const history = new History(this.#engine.now());
    this.#histories.set(path, history);
    return history;
  }

  /** The database is another one now. */
  forget(path: string): void {
    this.#histories.delete(path);
    this.#schemaVersions.delete(path);
  }

  /** Call it after each statement of a client. Returns whether it has committed something. */
  note({ pid, path, connection }: Client): boolean {
    const changeset = unlessUnknown(() => connection.takeCommitted());
    if (changeset === null) return false;
    const time = this.#engine.now();
    const schema = this.#schemaChanged(path, connection.schemaVersion());
    const history = this.history(path);
    if (changeset === "unknown" || schema) history.startAnew(time);
    else if (changeset.byteLength > 0) history.add(time, changeset);
    else return false;
    const tables = changeset === "unknown" ? [] : readChangeset(this.#engine.sqlite, changeset);
    this.#tell({ pid, path, commit: history.last, time, tables, schema });
    return true;
  }

  /** What nobody has been told yet, oldest first. */
  takeUntold(): PathChanges[] {
    const untold = this.#untold;
    this.#untold = [];
    return untold;
  }

  #schemaChanged(path: string, version: number): boolean {
    const before = this.#schemaVersions.get(path);
    this.#schemaVersions.set(path, version);
    return before !== version;
  }

  #tell(changes: PathChanges): void {
    const last = this.#untold.findLast(({ path }) => path === changes.path);
    if (last?.pid !== changes.pid) {
      this.#untold.push(changes);
      return;
    }
    addChanges(last.tables, changes.tables);
    last.commit = changes.commit;
    last.time = changes.time;
    last.schema ||= changes.schema;
  }
}

function unlessUnknown<Value>(read: () => Value): Value | "unknown" {
  try {
    return read();
  } catch (error) {
    if (isTrap(error)) throw error;
    return "unknown";
  }
}
