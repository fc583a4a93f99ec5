/** Runs the engine's contract in a browser, on the host that the address names; `globalThis.contract` has the results. */
import { decodeTree } from "../../../src/course/encode.ts";
import { fetchBootImage } from "../../../src/sandbox/boot-image/fetch.ts";
import { createBrowserSandbox } from "../../../src/sandbox/local/browser.ts";
import type { BootOptions, Sandbox, Snapshot } from "../../../src/sandbox/sandbox.ts";
import { createWebContainerSandbox } from "../../../src/sandbox/webcontainer/browser.ts";
import { WebContainerSandbox } from "../../../src/sandbox/webcontainer/webcontainer-sandbox.ts";
import { holdToContract } from "../../sandbox/support/contract.ts";
import { runTests, type Result } from "./harness.ts";

export interface ContractReport {
  isolated: boolean;
  results: Result[];
  /** Of the container's Node; null in the tab. */
  node: string | null;
  done: boolean;
}

const report: ContractReport = {
  isolated: crossOriginIsolated,
  results: [],
  node: null,
  done: false,
};
Object.assign(globalThis, { contract: report });

const here = (path: string) => new URL(path, location.origin).href;
const hosts: Record<string, () => Sandbox> = {
  tab: createBrowserSandbox,
  webcontainer: () => createWebContainerSandbox(here("/webcontainer/"), {}),
};

async function run(): Promise<void> {
  const create = hosts[new URLSearchParams(location.search).get("host") ?? ""];
  if (!create) throw new Error("The address names no host.");
  const baseApp = decodeTree(await (await fetch("/base-app.json")).json());
  const image = fetchBootImage(here("/boot/"));
  const boot = async (snapshot?: Snapshot) => {
    const sandbox = create();
    const options = { files: baseApp, image, processes: [{ kind: "web" }] } satisfies BootOptions;
    await sandbox.boot(snapshot ? { ...options, snapshot } : options);
    if (sandbox instanceof WebContainerSandbox) report.node = sandbox.node;
    return sandbox;
  };
  await runTests(
    () => holdToContract({ create, boot }),
    (result) => report.results.push(result),
  );
}

run()
  .catch((error: unknown) => report.results.push({ name: "the page", problem: String(error) }))
  .finally(() => (report.done = true));
