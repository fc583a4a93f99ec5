import { signal } from "@preact/signals";
import { pageStorage } from "../session/page-storage.ts";

const KEY = "perform-later:single-keys";

/** Whether keys without Ctrl do something (`?`, `g e`): can be turned off, as WCAG 2.1.4 asks. */
export const singleKeys = signal(true);

export function loadSingleKeys(): void {
  singleKeys.value = pageStorage().getItem(KEY) !== "off";
}

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  try {
    pageStorage().setItem(KEY, on ? "on" : "off");
  } catch {
    // The choice lasts as long as the page.
  }
}
