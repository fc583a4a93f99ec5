import { signal, type ReadonlySignal } from "@preact/signals";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { sentence } from "../sentence.ts";
import type { GuestMessage } from "./messages.ts";
import { pageFiles } from "./page-files.ts";
import { guestPage, type GuestPage } from "./page.ts";
import { APP_ORIGIN, appUrl, formRequest, pageRequest, redirectRequest } from "./requests.ts";

export interface LoadedPage extends GuestPage {
  /** Address inside the app: path and query. */
  address: string;
  nonce: string;
  status: number;
}

/** A small browser for the Rails app: address, history, one load at a time. */
export interface AppBrowser {
  page: ReadonlySignal<LoadedPage | null>;
  address: ReadonlySignal<string>;
  loading: ReadonlySignal<boolean>;
  error: ReadonlySignal<string | null>;
  canGoBack: ReadonlySignal<boolean>;
  canGoForward: ReadonlySignal<boolean>;
  /** Resolves once the page is there; with false, at once, for an address outside the app: it is not opened. */
  visit(href: string): Promise<boolean>;
  back(): Promise<void>;
  forward(): Promise<void>;
  reload(): Promise<void>;
  /** Does what a page in the frame asked for. */
  receive(message: GuestMessage): Promise<void>;
  dispose(): void;
}

const MAX_REDIRECTS = 10;
const addressOf = (url: URL) => url.pathname + url.search;

export function createAppBrowser(sandbox: Pick<Sandbox, "fetch">): AppBrowser {
  const page = signal<LoadedPage | null>(null);
  const address = signal("/");
  const loading = signal(false);
  const error = signal<string | null>(null);
  const canGoBack = signal(false);
  const canGoForward = signal(false);
  const visited: string[] = [];
  let at = -1;
  let newest = 0;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;

  function moveTo(index: number) {
    at = index;
    canGoBack.value = at > 0;
    canGoForward.value = at < visited.length - 1;
  }

  function remember(path: string) {
    if (visited[at] === path) return;
    visited.splice(at + 1, Infinity, path);
    moveTo(visited.length - 1);
  }

  async function follow(first: Request): Promise<{ response: Response; url: URL }> {
    let request = first;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      // A clone: a redirect may want the body again.
      const response = await sandbox.fetch(request.clone());
      const next = redirectRequest(response, request);
      if (!next) return { response, url: new URL(request.url) };
      request = next;
    }
    throw new Error("The app redirects in a circle.");
  }

  async function load(request: Request): Promise<void> {
    const turn = ++newest;
    clearTimeout(refreshTimer);
    loading.value = true;
    error.value = null;
    try {
      const { response, url } = await follow(request);
      const nonce = crypto.randomUUID();
      const files = pageFiles(sandbox, url.href);
      const html = await asHtml(response, url);
      const isError = response.status >= 400;
      const ready = await guestPage(html, { nonce, origin: location.origin, files, isError });
      if (turn !== newest) return;
      address.value = addressOf(url);
      remember(address.value);
      page.value = { ...ready, address: address.value, nonce, status: response.status };
      if (ready.refreshAfter !== null) {
        refreshTimer = setTimeout(() => void reload(), Math.max(1, ready.refreshAfter) * 1000);
      }
    } catch (reason) {
      if (turn === newest) error.value = sentence(reason);
    } finally {
      if (turn === newest) loading.value = false;
    }
  }

  async function visit(href: string): Promise<boolean> {
    const url = appUrl(href, APP_ORIGIN + address.value);
    if (url) await load(pageRequest(url));
    else error.value = `${href} leads out of the app, so it was not opened.`;
    return url !== null;
  }

  async function reload() {
    await visit(visited[at] ?? address.value);
  }
  async function goTo(index: number) {
    const path = visited[index];
    if (path === undefined) return;
    moveTo(index);
    await visit(path);
  }

  return {
    page,
    address,
    loading,
    error,
    canGoBack,
    canGoForward,
    visit,
    reload,
    back: () => goTo(at - 1),
    forward: () => goTo(at + 1),
    async receive(message) {
      // A place in the app's files is the editor's: see AppPanel.
      if (message.type === "open") return;
      if (message.type === "navigate") return void (await visit(message.href));
      const request = formRequest(message, APP_ORIGIN + address.value);
      if (request) return load(request);
      error.value = `The form leads out of the app (${message.action}), so it was not sent.`;
    },
    dispose: () => clearTimeout(refreshTimer),
  };
}

/** What is not HTML is shown as a browser would: an image as an image, anything else as text. */
async function asHtml(response: Response, url: URL): Promise<string> {
  const type = response.headers.get("content-type") ?? "";
  if (type.includes("html")) return response.text();
  if (type.startsWith("image/")) return `<img src="${url.pathname}${url.search}" alt="">`;
  const element = document.createElement("pre");
  element.textContent = await response.text();
  return element.outerHTML;
}
