/** Requests and responses, spelled out for the wire and made again. */
import type { RequestBodies } from "../request-bodies.ts";
import type { SpelledRequest, SpelledResponse } from "./messages.ts";

export async function spellRequest(
  request: Request,
  bodies: RequestBodies,
): Promise<SpelledRequest> {
  return {
    url: request.url,
    method: request.method,
    headers: [...request.headers],
    body: await bodies.read(request),
    redirect: request.redirect,
  };
}

export function readRequest(spelled: SpelledRequest): Request {
  const { url, method, headers, redirect } = spelled;
  const body = spelled.body.length > 0 ? (spelled.body as Uint8Array<ArrayBuffer>) : null;
  return new Request(url, { method, headers, redirect, body });
}

export async function spellResponse(response: Response): Promise<SpelledResponse> {
  const body = response.body === null ? null : new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: [...response.headers], body };
}

export function readResponse({ status, headers, body }: SpelledResponse): Response {
  return new Response(body as Uint8Array<ArrayBuffer> | null, { status, headers });
}
