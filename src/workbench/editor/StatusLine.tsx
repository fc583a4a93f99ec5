import type { Bench } from "../session/bench.ts";
import type { EditorState } from "./editor-state.ts";
import { languageName } from "./languages.ts";
import { problemSentence } from "./syntax/problems.ts";

/** The line at the editor's foot: syntax, cursor, language, whether all is saved. */
export function StatusLine({ bench, state }: { bench: Bench; state: EditorState }) {
  const { workspace } = bench;
  const { line, column } = state.cursor.value;
  return (
    <div class="wb-editor-status">
      <Syntax bench={bench} state={state} />
      <span class="num">
        Line {line}, column {column}
      </span>
      <span>{languageName(workspace.active.value)}</span>
      <span role="status" class="wb-tab-leaves">
        {state.tabLeaves.value ? "Tab leaves the editor now." : ""}
      </span>
      <span role="status">{workspace.saved.value ? "Saved" : "Saving"}</span>
    </div>
  );
}

/** What Ruby's parser says; a press on it leads to the place. */
function Syntax({ bench, state }: { bench: Bench; state: EditorState }) {
  const problems = state.problems.value;
  const first = problems?.[0];
  return (
    <span role="status" class="wb-syntax" data-problem={first ? first.severity : undefined}>
      {first ? (
        <button
          type="button"
          class="wb-link"
          onClick={() =>
            bench.showInEditor({ path: bench.workspace.active.value, line: first.line })
          }
        >
          {first.severity === "error" ? "Syntax error. " : "Warning. "}
          {problemSentence(problems)}
        </button>
      ) : (
        problems && problemSentence(problems)
      )}
    </span>
  );
}
