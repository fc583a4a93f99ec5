import type { Bench, LowerPanel, UpperPanel } from "../session/bench.ts";
import type { StepHost } from "./run-step.ts";

const UPPER: UpperPanel[] = ["editor", "app", "console", "mail"];
const LOWER: LowerPanel[] = ["jobs", "log", "processes", "check"];

/** The panels that a step may show. */
export const PANELS: string[] = [...UPPER, ...LOWER];

/** Lets an experiment's steps act on a running workbench. */
export function benchHost(bench: Bench): StepHost {
  return {
    sandbox: bench.sandbox,
    open: (path, line) => bench.showInEditor({ path, line: line ?? 1 }),
    show(panel) {
      const upper = UPPER.find((name) => name === panel);
      const lower = LOWER.find((name) => name === panel);
      if (upper) bench.upper.value = upper;
      if (lower) bench.lower.value = lower;
    },
    useFiles(variant) {
      bench.workspace.applyVariant(variant);
    },
    flush: () => bench.workspace.flush(),
  };
}
