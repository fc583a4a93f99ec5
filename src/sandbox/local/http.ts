/** `Sandbox.fetch`: a Request in, Rack in the web process, a Response out. */
import type { RequestBodies } from "../request-bodies.ts";
import { SandboxError, type RubyError } from "../sandbox.ts";
import type { CookieJar } from "./cookie-jar.ts";
import { parseRackAnswer } from "./kernel-messages.ts";
import type { Answer, ProcessRecord } from "./process-record.ts";

const MAX_REDIRECTS = 20;
/** A token (RFC 9110, 5.6.2). */
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** A Response with one of these must have no body (Fetch standard, "null body status"). */
const BODILESS = new Set([204, 205, 304]);

/** What the app raised, where it did: Rails' error page is for people. */
export type RequestError = Omit<RubyError, "backtrace">;

export interface RackAnswer {
  status: number;
  headers: [string, string][];
  body: Uint8Array;
  error: RequestError | null;
}

/** Sends one request through Rack, redirects followed unless the request says otherwise. */
export async function fetchThroughRack(
  request: Request,
  bodies: RequestBodies,
  jar: CookieJar,
  web: () => ProcessRecord,
): Promise<Response> {
  let url = new URL(request.url);
  let method = request.method;
  let body = await bodies.read(request);
  let headers = [...request.headers].filter(([name]) => name !== "cookie");
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await requestOnce(url, method, headers, body, jar, web());
    const location = answer.headers.find(([name]) => name.toLowerCase() === "location")?.[1];
    if (request.redirect === "manual" || location === undefined || !REDIRECTS.has(answer.status)) {
      return toResponse(answer, url);
    }
    const next = redirectTarget(location, url);
    // Only this app is here: who asked is told where the redirect leads.
    if (next.origin !== url.origin) return toResponse(answer, url);
    url = next;
    if (becomesGet(answer.status, method)) {
      method = "GET";
      body = new Uint8Array(0);
      headers = headers.filter(([name]) => name !== "content-type");
    }
  }
  throw new SandboxError(`The app redirected more than ${MAX_REDIRECTS} times.`);
}

/** @throws {SandboxError} when the app redirects to what is no address */
function redirectTarget(location: string, base: URL): URL {
  try {
    return new URL(location, base);
  } catch {
    throw new SandboxError(`The app redirected to “${location}”, which is no address.`);
  }
}

/** Fetch standard, "HTTP-redirect fetch". */
function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== "GET" && method !== "HEAD";
  return (status === 301 || status === 302) && method === "POST";
}

async function requestOnce(
  url: URL,
  method: string,
  headers: [string, string][],
  body: Uint8Array,
  jar: CookieJar,
  web: ProcessRecord,
): Promise<RackAnswer> {
  const sent: [string, string][] = [...headers, ["host", url.host]];
  const cookie = jar.header(url.pathname);
  if (cookie !== "") sent.push(["cookie", cookie]);
  const path = url.pathname + url.search;
  const answer = await web.ask({ type: "request", request: { method, path, headers: sent } }, [
    body,
  ]);
  const rack = readAnswer(answer);
  for (const [name, value] of rack.headers) {
    if (name.toLowerCase() === "set-cookie") jar.store(value);
  }
  return rack;
}

function readAnswer({ answer, blobs }: Answer): RackAnswer {
  return { ...parseRackAnswer(answer), body: blobs[0] ?? new Uint8Array(0) };
}

/** @throws {SandboxError} for a status that no final answer may have */
function toResponse(answer: RackAnswer, url: URL): Response {
  if (answer.status < 200 || answer.status > 599) {
    throw new SandboxError(
      `The app answered with status ${answer.status}. A final answer has one from 200 to 599.`,
    );
  }
  const headers = new Headers();
  for (const [name, value] of answer.headers) {
    if (!HEADER_NAME.test(name)) {
      throw new SandboxError(
        `The app answered with a header named “${name}”. A header's name has letters, digits and hyphens.`,
      );
    }
    if (name.toLowerCase() !== "set-cookie") headers.append(name, headerText(value));
  }
  headers.set("x-sandbox-url", url.href);
  headers.delete("x-sandbox-error");
  if (answer.error) {
    headers.set("x-sandbox-error", encodeURIComponent(JSON.stringify(answer.error)));
  }
  const body = BODILESS.has(answer.status)
    ? null
    : (answer.body.slice() as Uint8Array<ArrayBuffer>);
  return new Response(body, { status: answer.status, headers });
}

/** Header values are bytes: what a browser refuses would hide the whole answer. */
function headerText(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/g, "?");
}
