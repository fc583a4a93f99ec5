import type { BootProgress } from "../../sandbox/sandbox.ts";

/** The steps of a boot that are shown, in their order, with their words. */
export const STEPS: readonly { step: Exclude<BootProgress["step"], "ready">; label: string }[] = [
  { step: "download", label: "Downloading Ruby and Rails" },
  { step: "container", label: "Starting StackBlitz's container" },
  { step: "database", label: "Preparing the databases" },
  { step: "processes", label: "Starting the processes" },
];
