import type { FormValue, GuestMessage } from "./messages.ts";
import { multipart } from "./multipart.ts";

/** Where the app believes it is served. */
export const APP_ORIGIN = "http://localhost:3000";

const ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/** An address inside the app, resolved against the page; null when it leads out of the sandbox. */
export function appUrl(href: string, page: string = APP_ORIGIN): URL | null {
  let url: URL;
  try {
    url = new URL(href, page);
  } catch {
    return null;
  }
  return url.origin === APP_ORIGIN ? url : null;
}

/** A request for a page. */
export function pageRequest(url: URL): Request {
  return new Request(url, { headers: { accept: ACCEPT }, redirect: "manual" });
}

/** The request that a browser makes when this form is sent; null when it leads out of the sandbox. */
export function formRequest(
  form: Extract<GuestMessage, { type: "submit" }>,
  page: string,
): Request | null {
  const url = appUrl(form.action || page, page);
  if (!url) return null;
  if (form.method === "get") {
    url.search = urlEncoded(form.entries).toString();
    return pageRequest(url);
  }
  const body =
    form.enctype === "multipart/form-data" ? multipart(form.entries) : urlEncoded(form.entries);
  return new Request(url, {
    method: "POST",
    body,
    headers: { accept: ACCEPT },
    redirect: "manual",
  });
}

function urlEncoded(entries: [string, FormValue][]): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of entries) {
    params.append(name, typeof value === "string" ? value : value.name);
  }
  return params;
}

/**
 * The request that follows a redirect; null when the answer is none.
 * Like a browser: 307 and 308 repeat the request, everything else becomes a GET.
 * @param request the one that was answered, its body unread
 * @throws Error with a sentence when it leads out of the sandbox
 */
export function redirectRequest(response: Response, request: Request): Request | null {
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  const location = response.headers.get("location") ?? "";
  const url = appUrl(location, request.url);
  if (!url) throw new Error(`The app redirects to ${location}, which leads out of it.`);
  return response.status >= 307 ? new Request(url, request) : pageRequest(url);
}
