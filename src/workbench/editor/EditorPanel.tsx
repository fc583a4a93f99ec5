import { useEffect, useRef, useState } from "preact/hooks";
import { sentence } from "../sentence.ts";
import type { Bench } from "../session/bench.ts";
import { FileTabs } from "./FileTabs.tsx";
import type { Workspace } from "./workspace.ts";
import "./editor.css";

/** The learner's files in Monaco; a plain text field where Monaco does not load. */
export function EditorPanel({ bench }: { bench: Bench }) {
  const { workspace } = bench;
  const element = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    let unmount = () => {};
    let gone = false;
    import("./monaco.ts")
      .then(({ loadMonaco }) => loadMonaco())
      .then(async (monaco) => {
        const { mountEditor } = await import("./editor-view.ts");
        if (!gone && element.current) unmount = mountEditor(monaco, element.current, bench);
      })
      .catch((error: unknown) => setProblem(sentence(error)));
    const flush = () => workspace.flush();
    addEventListener("pagehide", flush);
    return () => {
      gone = true;
      removeEventListener("pagehide", flush);
      unmount();
    };
  }, [bench]);

  return (
    <div class="wb-editor">
      <div class="wb-row">
        <FileTabs workspace={workspace} />
        <EditorActions bench={bench} />
      </div>
      <EditorStatus workspace={workspace} />
      {problem === null ? (
        <div class="wb-code" ref={element} />
      ) : (
        <PlainEditor workspace={workspace} problem={problem} />
      )}
      <p class="wb-hint">
        Saved as you type. <kbd>Ctrl</kbd>+<kbd>M</kbd> lets <kbd>Tab</kbd> leave the editor.
      </p>
    </div>
  );
}

function EditorActions({ bench }: { bench: Bench }) {
  const { workspace, check } = bench;
  const changed = Object.keys(workspace.edits.value).length;
  const active = workspace.active.value;
  return (
    <div class="wb-actions">
      <button
        type="button"
        class="wb-btn quiet"
        disabled={!(active in workspace.edits.value)}
        onClick={() => workspace.resetFile(active)}
      >
        Reset file
      </button>
      <button
        type="button"
        class="wb-btn quiet"
        disabled={changed === 0}
        onClick={() => workspace.resetAll()}
      >
        Reset all
      </button>
      {workspace.hasSolution && (
        <button type="button" class="wb-btn quiet" onClick={() => workspace.applySolution()}>
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

/** What a reset did, with the way back; and what could not be saved. */
function EditorStatus({ workspace }: { workspace: Workspace }) {
  const undoable = workspace.undoable.value;
  const problem = workspace.problem.value;
  return (
    <div role="status" class="wb-status">
      {problem && <p class="wb-error">{problem}</p>}
      {undoable && (
        <p>
          {undoable.label}{" "}
          <button type="button" class="wb-btn small" onClick={() => workspace.undo()}>
            Undo
          </button>
        </p>
      )}
    </div>
  );
}

function PlainEditor({ workspace, problem }: { workspace: Workspace; problem: string }) {
  const path = workspace.active.value;
  return (
    <>
      <p class="wb-error">The code editor did not load, so here is a plain one: {problem}</p>
      <textarea
        class="wb-code plain"
        aria-label={path}
        spellcheck={false}
        value={workspace.text(path)}
        onInput={(event) => workspace.change(path, event.currentTarget.value)}
      />
    </>
  );
}
