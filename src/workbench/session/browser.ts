import { decodeLesson } from "../../course/lesson.ts";
import { pageStorage } from "./page-storage.ts";
import { browserSnapshotStore } from "../snapshots/store.ts";
import type { SessionDependencies } from "./session.ts";

/** The real world: the lesson's files over HTTP, the engine loaded on demand. */
export function browserDependencies(filesUrl: string, imageUrl: string): SessionDependencies {
  return {
    storage: pageStorage(),
    snapshots: browserSnapshotStore(),
    async loadFiles(signal) {
      const response = await fetch(filesUrl, { signal });
      if (!response.ok) throw new Error(`The lesson's files did not load (${response.status}).`);
      return decodeLesson(await response.json());
    },
    async loadEngine() {
      const [{ createBrowserSandbox }, { fetchBootImage }] = await Promise.all([
        import("../../sandbox/local/browser.ts"),
        import("../../sandbox/boot-image/fetch.ts"),
      ]);
      return {
        sandbox: createBrowserSandbox(),
        image: fetchBootImage(new URL(imageUrl, location.href).href),
      };
    },
  };
}
