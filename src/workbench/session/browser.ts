import { decodeLesson } from "../../course/lesson.ts";
import { pageStorage } from "./page-storage.ts";
import { savingInWorker } from "../snapshots/save-in-worker.ts";
import { browserSnapshotStore } from "../snapshots/store.ts";
import type { WebContainerOffer } from "../host/hosts.ts";
import { watchBlocked } from "../host/watch-blocked.ts";
import type { Engine, SessionDependencies } from "./session.ts";

/** The real world: the lesson's files over HTTP, the engine loaded on demand. */
export function browserDependencies(
  filesUrl: string,
  imageUrl: string,
  webContainer: WebContainerOffer | null,
): SessionDependencies {
  return {
    hosts: webContainer ? ["tab", "webcontainer"] : ["tab"],
    storage: pageStorage(),
    snapshots: savingInWorker(browserSnapshotStore()),
    async loadFiles(signal) {
      const response = await fetch(filesUrl, { signal });
      if (!response.ok) throw new Error(`The lesson's files did not load (${response.status}).`);
      return decodeLesson(await response.json());
    },
    loadBench: () => import("../after-start.ts"),
    async loadEngine(host) {
      const [engine, { fetchBootImage }] = await Promise.all([
        host === "webcontainer" && webContainer ? inWebContainer(webContainer) : inTab(),
        import("../../sandbox/boot-image/fetch.ts"),
      ]);
      return { ...engine, image: fetchBootImage(absolute(imageUrl)) };
    },
  };
}

type Started = Omit<Engine, "image">;

async function inTab(): Promise<Started> {
  const { createBrowserSandbox } = await import("../../sandbox/local/browser.ts");
  return { sandbox: createBrowserSandbox() };
}

/** The only place from which StackBlitz's client is reached: after the learner has chosen it. */
async function inWebContainer({ runnerUrl, apiKey }: WebContainerOffer): Promise<Started> {
  const host = await import("../../sandbox/webcontainer/browser.ts");
  return {
    sandbox: host.createWebContainerSandbox(absolute(runnerUrl), { apiKey, watchBlocked }),
    needsReload: () => host.needsReload(),
  };
}

function absolute(url: string): string {
  return new URL(url, location.href).href;
}
