import { PANELS } from "../panels.ts";
import type { Bench } from "../session/bench.ts";
import type { StepHost } from "./run-step.ts";

/** Lets an experiment's steps act on a running workbench. */
export function benchHost(bench: Bench): StepHost {
  return {
    sandbox: bench.sandbox,
    open: (path, line) => bench.showInEditor({ path, line: line ?? 1, quietly: true }),
    show(name) {
      const panel = PANELS.find(({ id }) => id === name);
      if (!panel) throw new Error(`The workbench has no panel called ${name}.`);
      bench.show(panel.id);
    },
    useFiles: (variant) => bench.workspace.applyVariant(variant),
    cancelRestarts: (nameOrKind) => bench.processRestarts.cancel(nameOrKind),
    flush: () => bench.workspace.flush(),
  };
}
