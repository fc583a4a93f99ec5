import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../Icon.tsx";
import { sentence } from "../sentence.ts";
import type { Bench } from "../session/bench.ts";
import { DiffView } from "./DiffView.tsx";
import { EditorActions } from "./EditorActions.tsx";
import { createEditorState, type EditorState } from "./editor-state.ts";
import { FileTabs } from "./FileTabs.tsx";
import { FileTree } from "./FileTree.tsx";
import { StatusLine } from "./StatusLine.tsx";
import type { Workspace } from "./workspace.ts";
import "./editor.css";

/** The learner's files: a tree, the open ones in tabs, one of them in Monaco. */
export function EditorPanel({ bench }: { bench: Bench }) {
  const { workspace, layout } = bench;
  const state = useMemo(createEditorState, []);
  const comparison = bench.comparing.value;
  const narrow = layout.narrow.value;
  // On a narrow screen the tree lies over the code, until a file is chosen.
  const [over, setOver] = useState(false);
  const treeShown = narrow ? over : layout.state.value.tree;
  const setTree = (shown: boolean) => (narrow ? setOver(shown) : layout.setTree(shown));

  return (
    <div class="wb-editor" data-tree={treeShown || undefined}>
      {treeShown && (
        <FileTree
          workspace={workspace}
          onChoose={() => {
            bench.comparing.value = null;
            setOver(false);
          }}
        />
      )}
      <div class="wb-editor-main">
        <div class="wb-row wb-editor-head">
          <button
            type="button"
            class="wb-icon-btn"
            aria-label="All files"
            title={treeShown ? "Hide the files" : "Show all files"}
            aria-expanded={treeShown}
            onClick={() => setTree(!treeShown)}
          >
            <Icon name="files" />
          </button>
          <FileTabs workspace={workspace} />
          <EditorActions bench={bench} />
        </div>
        <EditorNotice workspace={workspace} />
        {comparison && (
          <DiffView
            key={comparison.kind}
            comparison={comparison}
            comparing={bench.comparing}
            active={workspace.active.value}
          />
        )}
        <Code bench={bench} state={state} hidden={comparison !== null} />
        {!comparison && <StatusLine bench={bench} state={state} />}
      </div>
    </div>
  );
}

/** The file in Monaco; in a plain text field where Monaco does not load. */
function Code({ bench, state, hidden }: { bench: Bench; state: EditorState; hidden: boolean }) {
  const element = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let unmount = () => {};
    let gone = false;
    import("./monaco.ts")
      .then(({ loadMonaco }) => loadMonaco())
      .then(async (monaco) => {
        const { mountEditor } = await import("./editor-view.ts");
        if (!gone && element.current) unmount = mountEditor(monaco, element.current, bench, state);
      })
      .catch((error: unknown) => setProblem(sentence(error)));
    const flush = () => bench.workspace.flush();
    addEventListener("pagehide", flush);
    return () => {
      gone = true;
      removeEventListener("pagehide", flush);
      unmount();
    };
  }, [bench, state]);
  if (problem === null) return <div class="wb-code" ref={element} hidden={hidden} />;
  return hidden ? null : <PlainEditor workspace={bench.workspace} problem={problem} />;
}

/** What a change of files did, with the way back; and what could not be saved. */
function EditorNotice({ workspace }: { workspace: Workspace }) {
  const undoable = workspace.undoable.value;
  const problem = workspace.problem.value;
  return (
    <div role="status" class="wb-status">
      {problem && <p class="wb-error">{problem}</p>}
      {undoable && (
        <p>
          <span>{undoable.label}</span>
          <button type="button" class="wb-btn small" onClick={() => workspace.undo()}>
            Undo
          </button>
          <button type="button" class="wb-btn small quiet" onClick={() => workspace.keep()}>
            Keep
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
