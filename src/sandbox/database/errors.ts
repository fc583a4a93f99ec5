import { SQLITE } from "./sqlite-functions.ts";

interface SqliteErrorDetails {
  message: string;
  /** Extended result code: https://www.sqlite.org/rescode.html */
  code: number;
  /** Byte in the SQL where the error is; -1 when SQLite cannot tell. */
  offset?: number;
  /** The statement could not be compiled, so that its text belongs to the message. */
  preparing?: boolean;
}

/** An error that SQLite reports, or that we report with one of SQLite's codes. */
export class SqliteError extends Error {
  override name = "SqliteError";
  readonly code: number;
  readonly offset: number;
  readonly preparing: boolean;

  constructor({ message, code, offset = -1, preparing = false }: SqliteErrorDetails) {
    super(message);
    this.code = code;
    this.offset = offset;
    this.preparing = preparing;
  }

  /** The code without its extension. */
  get primary(): number {
    return this.code & 0xff;
  }
}

/** The request makes no sense: a bug in the caller, or somebody who sends nonsense on purpose. */
export class RequestError extends SqliteError {
  override name = "RequestError";

  constructor(message: string) {
    super({ message, code: SQLITE.MISUSE });
  }
}

/** True when WebAssembly stopped in the middle of SQLite: what it was doing is half done. */
export function isTrap(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return true;
  return error instanceof Error && /call stack|too much recursion/i.test(error.message);
}

/** The error as the wire carries it: the JSON of an object. */
export function errorJson(error: unknown, transaction = false): string {
  const known = error instanceof SqliteError ? error : unknownError(error);
  const { message, code, primary, offset, preparing } = known;
  return JSON.stringify({ error: { message, code, primary, offset, preparing }, transaction });
}

function unknownError(error: unknown): SqliteError {
  const message = error instanceof Error ? error.message : String(error);
  return new SqliteError({ message: `database server: ${message}`, code: SQLITE.INTERNAL });
}
