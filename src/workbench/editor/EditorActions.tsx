import type { Bench } from "../session/bench.ts";
import { compareWithSolution, compareWithStarter, type Comparison } from "./comparison.ts";

/** What can be done with all files: see the changes, reset them, see the solution, check. */
export function EditorActions({ bench }: { bench: Bench }) {
  const { workspace, check, comparing } = bench;
  const changed = Object.keys(workspace.edits.value).length;
  const shown = comparing.value?.kind;
  const toggle = (kind: Comparison["kind"], make: () => Comparison) => () =>
    (comparing.value = shown === kind ? null : make());
  return (
    <div class="wb-actions wb-editor-actions">
      <button
        type="button"
        class="wb-btn quiet"
        aria-pressed={shown === "starter"}
        disabled={changed === 0 && shown !== "starter"}
        title="What you changed, beside what the lesson gave"
        onClick={toggle("starter", () => compareWithStarter(workspace))}
      >
        Changes{changed > 0 ? ` ${changed}` : ""}
      </button>
      <button
        type="button"
        class="wb-btn quiet"
        disabled={changed === 0}
        title="All files as the lesson gave them; you can take it back"
        onClick={() => {
          comparing.value = null;
          workspace.resetAll();
        }}
      >
        Reset all
      </button>
      {workspace.hasSolution && (
        <button
          type="button"
          class="wb-btn quiet"
          aria-pressed={shown === "solution"}
          title="The solution beside your files"
          onClick={toggle("solution", () => compareWithSolution(workspace))}
        >
          Solution
        </button>
      )}
      {check.available && (
        <button type="button" class="wb-btn" onClick={() => void check.run()}>
          Check
        </button>
      )}
    </div>
  );
}
