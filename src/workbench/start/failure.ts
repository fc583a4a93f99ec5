import { sentence } from "../sentence.ts";

/** How browsers say that a file did not come: Chromium; Firefox; Safari. */
const NOT_FETCHED = /^(Failed to fetch$|NetworkError when|Load failed$)/;
/** The same of a part of the page's own code. */
const NOT_IMPORTED = /dynamically imported module|Importing a module script failed/;
const NO_MEMORY = /out of memory|could not allocate|cannot allocate/i;

/**
 * Why the sandbox did not start, and what to do about it.
 * @param online what the browser believes (`navigator.onLine`): false is true, true may be wrong
 * @param kept what a reload of the page does not lose, as a sentence; empty where there is nothing to lose
 */
export function startFailure(error: unknown, online: boolean, kept = "Your code is kept."): string {
  const text = error instanceof Error ? error.message : String(error);
  if (NOT_FETCHED.test(text) || NOT_IMPORTED.test(text)) {
    if (!online) return "You are offline. Connect to the internet, then press Retry.";
    const what = NOT_IMPORTED.test(text) ? "a part of the workbench" : "a file it needs";
    return `The browser could not download ${what}. Check the connection, then press Retry; if that does not help, reload the page. ${kept}`.trim();
  }
  if (/answered 404\b/.test(text)) {
    return `${sentence(text)} The site may have been updated since this page was opened: reload the page. ${kept}`.trim();
  }
  if (/answered 5\d\d\b/.test(text)) {
    return `${sentence(text)} The fault is the server's: wait a little, then press Retry.`;
  }
  if (NO_MEMORY.test(text)) {
    return `The browser has no memory left for it (${text}). Close other tabs, then press Retry.`;
  }
  return sentence(error);
}
