import { memoryStorage, type TextStorage } from "../../course/storage.ts";

/** The browser's storage, or one that forgets where the browser refuses its own. */
export function pageStorage(): TextStorage {
  try {
    localStorage.getItem("perform-later");
    return localStorage;
  } catch {
    return memoryStorage();
  }
}
