import type { Binds } from "./binds.ts";
import { RequestError } from "./errors.ts";

/** The JSON of a request, not yet checked field by field. */
export type RequestBody = Readonly<Record<string, unknown>>;

/** Throws RequestError when the text is not a JSON object. */
export function parseRequest(json: string): RequestBody {
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    throw new RequestError("the request is not JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new RequestError("the request is not an object");
  }
  return body as RequestBody;
}

export function text(body: RequestBody, key: string): string {
  const value = body[key];
  if (typeof value !== "string") throw new RequestError(`${key} must be a string`);
  return value;
}

export function number(body: RequestBody, key: string): number {
  const value = body[key];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    throw new RequestError(`${key} must be an integer`);
  }
  return value;
}

/** A flag that may be left out. */
export function flag(body: RequestBody, key: string, fallback: boolean): boolean {
  const value = body[key] ?? fallback;
  if (typeof value !== "boolean") throw new RequestError(`${key} must be true or false`);
  return value;
}

export function bindsOf(body: RequestBody): Binds {
  const binds = body["binds"] ?? [];
  if (typeof binds !== "object") throw new RequestError("binds must be an array or an object");
  return binds as Binds;
}
