import type { Signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../Icon.tsx";
import { sentence } from "../sentence.ts";
import type { Comparison } from "./comparison.ts";

interface Props {
  comparison: Comparison;
  /** Closes the comparison when set to null. */
  comparing: Signal<Comparison | null>;
  /** The file in the editor: shown first where it differs. */
  active: string;
}

/** Two versions of each file that differs, side by side, and what can be done with them. */
export function DiffView({ comparison, comparing, active }: Props) {
  const { paths, left, right, apply } = comparison;
  const [chosen, setChosen] = useState(active);
  const path = paths.includes(chosen) ? chosen : paths[0];
  const close = () => (comparing.value = null);
  return (
    <div class="wb-diff">
      <div class="wb-row wb-diff-head">
        <label class="sr-only" for="wb-diff-file">
          File to compare
        </label>
        {path !== undefined && (
          <select
            id="wb-diff-file"
            class="wb-select"
            value={path}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {paths.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        )}
        <span class="wb-quiet">
          {path === undefined
            ? "Nothing differs."
            : `${paths.length === 1 ? "1 file" : `${paths.length} files`}`}
        </span>
        <span class="wb-actions wb-diff-actions">
          {apply && path !== undefined && <Apply apply={apply} onDone={close} />}
          <button type="button" class="wb-btn small" onClick={close}>
            <Icon name="close" /> Close
          </button>
        </span>
      </div>
      <div class="wb-diff-titles" aria-hidden="true">
        <span>{left}</span>
        <span>{right}</span>
      </div>
      {path !== undefined && <Sides key={path} comparison={comparison} path={path} />}
    </div>
  );
}

/** The button, and then the question whether it is meant. */
function Apply({ apply, onDone }: { apply: NonNullable<Comparison["apply"]>; onDone(): void }) {
  const [asking, setAsking] = useState(false);
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) yes.current?.focus();
  }, [asking]);
  if (!asking) {
    return (
      <button type="button" class="wb-btn small primary" onClick={() => setAsking(true)}>
        {apply.label}
      </button>
    );
  }
  return (
    <span class="wb-confirm" role="group" aria-label={apply.question}>
      <span role="status">{apply.question}</span>
      <button
        ref={yes}
        type="button"
        class="wb-btn small primary"
        onClick={() => {
          apply.run();
          onDone();
        }}
      >
        Replace
      </button>
      <button type="button" class="wb-btn small quiet" onClick={() => setAsking(false)}>
        Cancel
      </button>
    </span>
  );
}

function Sides({ comparison, path }: { comparison: Comparison; path: string }) {
  const element = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let unmount = () => {};
    let gone = false;
    Promise.all([import("./monaco.ts"), import("./diff-editor.ts")])
      .then(async ([{ loadMonaco }, { mountDiff }]) => {
        const monaco = await loadMonaco();
        if (!gone && element.current)
          unmount = mountDiff(monaco, element.current, comparison, path);
      })
      .catch((error: unknown) => setProblem(sentence(error)));
    return () => {
      gone = true;
      unmount();
    };
  }, [comparison, path]);
  if (problem === null) return <div class="wb-code" ref={element} data-diff={path} />;
  const { left, right } = comparison.sides(path);
  return (
    <div class="wb-plain-sides">
      <p class="wb-error">The comparison did not load: {problem}</p>
      <pre aria-label={comparison.left}>{left}</pre>
      <pre aria-label={comparison.right}>{right}</pre>
    </div>
  );
}
