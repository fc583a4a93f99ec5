/** The WebContainer host as a page uses it: to be imported only once the learner has chosen it. */
import type { ContainerOptions } from "./container.ts";
import { fetchRunner } from "./fetch-runner.ts";
import { WebContainerSandbox } from "./webcontainer-sandbox.ts";

export { needsReload } from "./container.ts";

/** @param runnerUrl the folder of the runner's files.json, with a slash at its end */
export function createWebContainerSandbox(
  runnerUrl: string,
  options: ContainerOptions,
): WebContainerSandbox {
  const loadRunner = (signal: AbortSignal) => fetchRunner(runnerUrl, signal);
  return new WebContainerSandbox({ ...options, loadRunner });
}
