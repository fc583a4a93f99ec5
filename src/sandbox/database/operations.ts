import type { Frame } from "../frame.ts";
import type { Client, Clients } from "./clients.ts";
import { Connection, TRANSACTION } from "./connection.ts";
import { errorJson, isTrap, RequestError, SqliteError } from "./errors.ts";
import { isInMemory, normalizePath } from "./paths.ts";
import { bindsOf, flag, number, parseRequest, text } from "./requests.ts";
import type { RequestBody } from "./requests.ts";
import { SQLITE } from "./sqlite-functions.ts";
import type { WaitingLine } from "./waiting-line.ts";

const encoder = new TextEncoder();

/** What a process may ask for: one method for each `op`. */
export class Operations {
  readonly #clients: Clients;
  readonly #waiting: WaitingLine;
  readonly #onOpen: (path: string) => void;
  readonly #note: (client: Client) => void;

  /**
   * @param onOpen called with the path of every database file that is opened
   * @param note called with the client after each of its statements
   */
  constructor(
    clients: Clients,
    waiting: WaitingLine,
    onOpen: (path: string) => void,
    note: (client: Client) => void,
  ) {
    this.#clients = clients;
    this.#waiting = waiting;
    this.#onOpen = onOpen;
    this.#note = note;
  }

  /** Throws SqliteError, or RequestError for a request that makes no sense. */
  run(pid: number, request: Frame): Frame {
    const body = parseRequest(request.json);
    switch (body["op"]) {
      case "db.execute":
        return this.#execute(pid, body, request.blobs);
      case "db.batch":
        return this.#batch(pid, body);
      case "db.describe":
        return this.#client(pid, body).connection.describe(text(body, "sql"));
      case "db.open":
        return this.#open(pid, body);
      case "db.close":
        return this.#close(pid, body);
      case "db.collect":
        return this.#collect(pid, body);
      case "db.cancel":
        return this.#cancel(pid, body);
      default:
        throw new RequestError(`no such operation: ${String(body["op"])}`);
    }
  }

  #open(pid: number, body: RequestBody): Frame {
    const given = text(body, "path");
    const path = isInMemory(given) ? "" : normalizePath(given);
    const options = {
      readonly: flag(body, "readonly", false),
      create: flag(body, "create", true),
      strict: flag(body, "strict", false),
    };
    const { handle } = this.#clients.open(pid, path, options);
    if (path !== "") this.#onOpen(path);
    return { json: `{"handle":${handle}}`, blobs: [] };
  }

  #close(pid: number, body: RequestBody): Frame {
    const client = this.#client(pid, body);
    this.#clients.close(client);
    this.#waiting.retry();
    return { json: "{}", blobs: [] };
  }

  #execute(pid: number, body: RequestBody, blobs: readonly Uint8Array[]): Frame {
    const client = this.#client(pid, body);
    const sql = text(body, "sql");
    const binds = bindsOf(body);
    const run = () => client.connection.execute(sql, binds, blobs, body["shape"]);
    return this.#attempt(client, run, flag(body, "wait", true));
  }

  #batch(pid: number, body: RequestBody): Frame {
    const client = this.#client(pid, body);
    let rest = encoder.encode(text(body, "sql"));
    // A lock may stop it half-way; it then goes on from there.
    const run = () => {
      while (rest.byteLength > 0) rest = rest.subarray(client.connection.step(rest));
      return client.connection.status();
    };
    return this.#attempt(client, run, flag(body, "wait", true));
  }

  #collect(pid: number, body: RequestBody): Frame {
    const ticket = number(body, "ticket");
    const answer = this.#waiting.collect(pid, ticket);
    if (answer === undefined) throw new RequestError("no such ticket");
    return answer ?? parked(ticket);
  }

  #cancel(pid: number, body: RequestBody): Frame {
    const answer = this.#waiting.cancel(pid, number(body, "ticket"));
    if (answer === undefined) throw new RequestError("no such ticket");
    return answer instanceof Connection ? locked(answer) : answer;
  }

  /** The connection that the request names. What it waited for before, its owner has given up. */
  #client(pid: number, body: RequestBody): Client {
    const client = this.#clients.get(pid, number(body, "handle"));
    this.#waiting.drop(client.connection);
    return client;
  }

  #attempt(client: Client, run: () => Frame, wait: boolean): Frame {
    const { connection } = client;
    const held = connection.transactionState;
    const answer = this.#try(client, run, wait);
    if (answer === null) {
      const again = () => this.#try(client, run, true);
      return parked(this.#waiting.add(client.pid, connection, again));
    }
    if (connection.transactionState < held) this.#waiting.retry();
    return answer;
  }

  #try(client: Client, run: () => Frame, wait: boolean): Frame | null {
    const answer = tryToRun(client, run, wait);
    this.#note(client);
    return answer;
  }
}

/** Null when the request has to wait for a lock. */
function tryToRun({ connection }: Client, run: () => Frame, wait: boolean): Frame | null {
  try {
    return run();
  } catch (error) {
    if (isTrap(error)) throw error;
    // SQLite does not wait either while it holds a snapshot: that could be a deadlock.
    const worthWaiting = wait && connection.transactionState !== TRANSACTION.read;
    if (worthWaiting && error instanceof SqliteError && error.code === SQLITE.BUSY) return null;
    return { json: errorJson(error, connection.inTransaction), blobs: [] };
  }
}

function parked(ticket: number): Frame {
  return { json: `{"parked":${ticket}}`, blobs: [] };
}

function locked(connection: Connection): Frame {
  const error = new SqliteError({ message: "database is locked", code: SQLITE.BUSY });
  return { json: errorJson(error, connection.inTransaction), blobs: [] };
}
