import { guest } from "./guest.ts";
import { keepErrorPageHandlers, takeHandlers } from "./handlers.ts";
import { linkSources } from "./source-links.ts";

/** Gets one of the page's own files as a `data:` URL, or as text; null when there is none. */
export interface PageFiles {
  dataUrl(href: string): Promise<string | null>;
  text(href: string): Promise<string | null>;
}

export interface PageOptions {
  /** Ties the page's messages to this load. */
  nonce: string;
  /** Our own origin, the only one that the page's messages go to. */
  origin: string;
  files: PageFiles;
  /** The page tells of an error: the places in the app that it names lead into the editor, and its traces unfold. */
  isError?: boolean;
}

/** A page that waits for nothing and asks for nothing but through our script. */
export interface GuestPage {
  srcdoc: string;
  title: string;
  /** Seconds after which the page wants to be loaded again (`<meta http-equiv="refresh">`). */
  refreshAfter: number | null;
}

const SOURCES = "img[src], source[src], input[type=image][src], video[poster]";

/** Makes an answer's HTML fit for a frame that has no network, no origin and no scripts but ours. */
export async function guestPage(html: string, options: PageOptions): Promise<GuestPage> {
  const document = new DOMParser().parseFromString(html, "text/html");
  const refreshAfter = takeRefresh(document);
  for (const element of document.querySelectorAll(
    "script, base, meta[http-equiv], iframe, object",
  )) {
    element.remove();
  }
  await inlineImages(document, options.files);
  await inlineStylesheets(document, options.files);
  if (options.isError) {
    linkSources(document);
    keepErrorPageHandlers(document);
  }
  takeHandlers(document);
  addOwnHead(document, options);
  return {
    srcdoc: `<!DOCTYPE html>\n${document.documentElement.outerHTML}`,
    title: document.title,
    refreshAfter,
  };
}

/** The policy of a page in the frame. */
export function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "img-src data:",
    "media-src data:",
    "font-src data:",
    "style-src 'unsafe-inline' data:",
    `script-src 'nonce-${nonce}'`,
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
}

function takeRefresh(document: Document): number | null {
  const meta = document.querySelector('meta[http-equiv="refresh" i]');
  const [, seconds] = /^\s*(\d+)/.exec(meta?.getAttribute("content") ?? "") ?? [];
  return seconds === undefined ? null : Number(seconds);
}

async function inlineImages(document: Document, files: PageFiles): Promise<void> {
  for (const element of document.querySelectorAll(SOURCES)) {
    const name = element.hasAttribute("poster") ? "poster" : "src";
    const href = element.getAttribute(name) ?? "";
    element.removeAttribute("srcset");
    if (href.startsWith("data:")) continue;
    const url = await files.dataUrl(href);
    if (url === null) element.removeAttribute(name);
    else element.setAttribute(name, url);
  }
}

async function inlineStylesheets(document: Document, files: PageFiles): Promise<void> {
  for (const link of document.querySelectorAll("link")) {
    const css = link.relList.contains("stylesheet")
      ? await files.text(link.getAttribute("href") ?? "")
      : null;
    if (css === null) {
      link.remove();
      continue;
    }
    const style = document.createElement("style");
    if (link.media) style.media = link.media;
    style.textContent = css.replaceAll("</style", "<\\/style");
    link.replaceWith(style);
  }
}

function addOwnHead(document: Document, { nonce, origin }: PageOptions): void {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = policy(nonce);
  const script = document.createElement("script");
  script.nonce = nonce;
  script.setAttribute("nonce", nonce);
  script.textContent = `(${guest.toString()})(${JSON.stringify(nonce)}, ${JSON.stringify(origin)})`;
  document.head.prepend(meta, script);
}
