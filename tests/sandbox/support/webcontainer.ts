/** A `WebContainerSandbox` for a test. */
import type { WebContainerOptions } from "../../../src/sandbox/webcontainer/machine.ts";
import { WebContainerSandbox } from "../../../src/sandbox/webcontainer/webcontainer-sandbox.ts";
import { loadRunner } from "./runner.ts";

export function createWebContainerSandbox(
  options: Partial<WebContainerOptions> = {},
): WebContainerSandbox {
  return new WebContainerSandbox({ loadRunner, ...options });
}
