import type { TextStorage } from "../../course/storage.ts";
import {
  LOCAL_CAPABILITIES,
  WEBCONTAINER_CAPABILITIES,
  type Capabilities,
  type CapabilityName,
} from "../../sandbox/capabilities.ts";

/** Where the sandbox can run. */
export type HostName = "tab" | "webcontainer";

/** How the site was built to use StackBlitz's WebContainer; it is not offered where there is none. */
export interface WebContainerOffer {
  /** Folder of the program that runs in it. */
  runnerUrl: string;
  /** The site's key of StackBlitz's; empty where it has none. */
  apiKey: string;
}

export interface Host {
  name: HostName;
  label: string;
  about: string;
  capabilities: Capabilities;
}

export const HOSTS: Readonly<Record<HostName, Host>> = {
  tab: {
    name: "tab",
    label: "This tab",
    about: "Each process is a Web Worker of this page. Needs nobody else.",
    capabilities: LOCAL_CAPABILITIES,
  },
  webcontainer: {
    name: "webcontainer",
    label: "StackBlitz WebContainer",
    about:
      "The same Rails under Node, in a container that StackBlitz's servers send to your browser.",
    capabilities: WEBCONTAINER_CAPABILITIES,
  },
};

export const CAPABILITY_LABELS: Readonly<Record<CapabilityName, string>> = {
  hardKill: "KILL ends a busy process",
  separateStderr: "What goes to standard error is marked as such",
  previewUrl: "An address for the app",
  offline: "Needs no server but this site's",
  shell: "A shell with a terminal",
};

/** Why the sandbox does not run where the learner wanted it. */
export interface Fallback {
  /** A sentence. */
  reason: string;
  /** True where another try needs the page to be loaded again; may change with time. */
  needsReload(): boolean;
}

const KEY = "perform-later:host";

/** What the learner chose last; the tab where that is not offered. */
export function loadHost(storage: TextStorage, offered: readonly HostName[]): HostName {
  const kept = storage.getItem(KEY);
  return offered.find((name) => name === kept) ?? "tab";
}

export function saveHost(storage: TextStorage, name: HostName): void {
  try {
    storage.setItem(KEY, name);
  } catch {
    // Full or refused: the choice then counts for this page only.
  }
}
