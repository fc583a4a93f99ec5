import { useRef } from "preact/hooks";
import type { Panel } from "../panels.ts";
import type { Bench } from "../session/bench.ts";
import { panelId, tabId } from "./Tabs.tsx";

interface Props {
  panel: Panel;
  bench: Bench;
  visible: boolean;
}

/**
 * What a tab shows. Mounted when it is first seen, and from then on also while it is hidden, so
 * that no panel loses its state.
 */
export function PanelBody({ panel, bench, visible }: Props) {
  const seen = useRef(false);
  if (visible) seen.current = true;
  const Component = panel.component;
  return (
    <div
      class="wb-panel"
      role="tabpanel"
      id={panelId(panel.id)}
      data-region={panel.region}
      aria-labelledby={tabId(panel.id)}
      hidden={!visible}
    >
      {seen.current && <Component bench={bench} />}
    </div>
  );
}
