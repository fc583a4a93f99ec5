import type { Frame } from "../../../src/sandbox/frame.ts";
import type { DatabaseServer } from "../../../src/sandbox/database/server.ts";

export interface Answer {
  handle?: number;
  shape?: number;
  columns?: string[];
  rows?: unknown[][];
  patches?: [number, number, string, unknown][];
  changes?: number;
  total_changes?: number;
  last_insert_row_id?: number;
  transaction?: boolean;
  parked?: number;
  error?: { message: string; code: number; primary: number; offset: number; preparing: boolean };
  blobs: Uint8Array[];
  json: string;
}

/** One process's connection, as its Ruby library uses the server. */
export class TestClient {
  readonly handle: number;
  readonly pid: number;
  readonly #server: DatabaseServer;

  constructor(server: DatabaseServer, pid: number, path = "test.sqlite3", options: object = {}) {
    this.#server = server;
    this.pid = pid;
    const answer = ask(server, pid, { op: "db.open", path, ...options });
    if (answer.handle === undefined) throw new Error(answer.error?.message);
    this.handle = answer.handle;
  }

  call(op: string, args: object = {}, blobs: Uint8Array[] = []): Answer {
    return ask(this.#server, this.pid, { op, handle: this.handle, ...args }, blobs);
  }

  execute(sql: string, binds: unknown = [], blobs: Uint8Array[] = []): Answer {
    return this.call("db.execute", { sql, binds }, blobs);
  }

  /** The rows; throws what the server answers as an error. */
  rows(sql: string, binds: unknown = [], blobs: Uint8Array[] = []): unknown[][] {
    const answer = this.execute(sql, binds, blobs);
    if (answer.error !== undefined) throw new Error(answer.error.message);
    return answer.rows ?? [];
  }

  collect(ticket: number): Answer {
    return ask(this.#server, this.pid, { op: "db.collect", ticket });
  }

  cancel(ticket: number): Answer {
    return ask(this.#server, this.pid, { op: "db.cancel", ticket });
  }
}

export function ask(
  server: DatabaseServer,
  pid: number,
  body: unknown,
  blobs: Uint8Array[] = [],
): Answer {
  const json = typeof body === "string" ? body : JSON.stringify(body);
  const answer: Frame = server.handle(pid, { json, blobs });
  return { ...(JSON.parse(answer.json) as Answer), blobs: answer.blobs, json: answer.json };
}
