/** What each host of the engine can do, so that the workbench promises no more. */

export type CapabilityName =
  /** KILL ends a process wherever it is, also in an endless loop. */
  | "hardKill"
  /** What a process prints on standard error is told from what it prints on standard output. */
  | "separateStderr"
  /** The app has an address of its own, which another frame or tab can open. */
  | "previewUrl"
  /** Once it is downloaded it starts and runs without a network. */
  | "offline"
  /** There is a shell of a system of its own: `Sandbox.shell`. */
  | "shell";

/** True where the host can; else why it cannot, as a sentence for the learner. */
export type Capabilities = Readonly<Record<CapabilityName, true | string>>;

/** Workers of the tab, and worker_threads of Node. */
export const LOCAL_CAPABILITIES: Capabilities = {
  hardKill: true,
  separateStderr: true,
  previewUrl:
    "A tab has no port that others could reach: the App panel carries each request and page.",
  offline: true,
  shell:
    "A tab has no system with a shell: the prompt knows only the few commands that lessons use.",
};

/** Node in StackBlitz's container, as far as it is known: it was never run on the real service. */
export const WEBCONTAINER_CAPABILITIES: Capabilities = {
  hardKill: "Nobody has seen yet whether a WebContainer ends a process that is busy in a loop.",
  separateStderr: true, // the runner tells them apart before they reach the container's one stream
  previewUrl:
    "The App panel carries each request and page here too, so that both hosts behave alike.",
  offline: "The container comes from StackBlitz's servers at each start.",
  shell: true,
};
