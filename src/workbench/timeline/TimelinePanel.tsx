import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Bench } from "../session/bench.ts";
import { StateIcon } from "../states/StateMark.tsx";
import { Controls } from "./Controls.tsx";
import { Drawing } from "./Drawing.tsx";
import { StoryTable } from "./StoryTable.tsx";
import "./timeline.css";
import { createFrames } from "./view/frames.ts";
import { createView } from "./view/view.ts";

/** Every process, transaction and job on one axis of time. */
export function TimelinePanel({ bench }: { bench: Bench }) {
  const view = useMemo(
    () => createView({ sandbox: bench.sandbox, nextFrame: createFrames() }),
    [bench],
  );
  const [asTable, setAsTable] = useState(false);
  const visible = useComputed(() => bench.layout.isVisible("timeline"));
  useEffect(() => view.dispose, [view]);
  useEffect(() => visible.subscribe((seen) => view.setVisible(seen)), [view, visible]);
  const { state, text } = view.sentence.value;

  return (
    <div class="tl-panel">
      <div class="tl-bar">
        <p class="tl-say" role="status">
          {state && <StateIcon state={state} size={16} />}
          <span class={state ?? ""}>{text}</span>
        </p>
        <Controls
          view={view}
          asOf={bench.asOf}
          asTable={asTable}
          onTable={() => setAsTable(!asTable)}
        />
      </div>
      {asTable ? <StoryTable view={view} /> : <Drawing view={view} bench={bench} />}
    </div>
  );
}
