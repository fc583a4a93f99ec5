import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { PageFiles } from "./page.ts";
import { appUrl } from "./requests.ts";

const MAX_FILES = 100;

/** Gets a page's images and stylesheets from the app, each address once. */
export function pageFiles(sandbox: Pick<Sandbox, "fetch">, page: string): PageFiles {
  const asked = new Map<string, Promise<Response | null>>();

  async function ask(url: URL): Promise<Response | null> {
    if (asked.size >= MAX_FILES) return null;
    const response = await sandbox.fetch(new Request(url)).catch(() => null);
    return response?.ok ? response : null;
  }

  async function get(href: string): Promise<Response | null> {
    const url = appUrl(href, page);
    if (!url) return null;
    const answer = asked.get(url.href) ?? ask(url);
    asked.set(url.href, answer);
    return (await answer)?.clone() ?? null;
  }

  return {
    async text(href) {
      return (await (await get(href))?.text()) ?? null;
    },
    async dataUrl(href) {
      const blob = await (await get(href))?.blob();
      return blob ? readAsDataUrl(blob) : null;
    },
  };
}

function readAsDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("The file could not be read."));
    reader.readAsDataURL(blob);
  });
}
