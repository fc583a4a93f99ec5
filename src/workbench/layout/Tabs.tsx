import type { Bench } from "../session/bench.ts";
import type { Panel } from "../panels.ts";

interface Props {
  /** Names the list for screen readers. */
  label: string;
  panels: readonly Panel[];
  /** The id of the panel that is shown. */
  selected: string;
  bench: Bench;
}

export const tabId = (id: string) => `wb-tab-${id}`;
export const panelId = (id: string) => `wb-panel-${id}`;

const STEPS: Record<string, number> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: -Infinity,
  End: Infinity,
};

/** The place in the list that a key leads to; null for other keys. */
export function tabAfter(key: string, at: number, length: number): number | null {
  const step = STEPS[key];
  if (step === undefined || length === 0) return null;
  if (!Number.isFinite(step)) return step < 0 ? 0 : length - 1;
  return (at + step + length) % length;
}

/** A list of tabs as the ARIA practices describe it: arrows move, Tab leaves. */
export function Tabs({ label, panels, selected, bench }: Props) {
  function onKeyDown(event: KeyboardEvent) {
    const at = panels.findIndex((panel) => panel.id === selected);
    const next = panels[tabAfter(event.key, at, panels.length) ?? -1];
    if (!next) return;
    event.preventDefault();
    bench.layout.show(next.id);
    document.getElementById(tabId(next.id))?.focus();
  }

  return (
    <div class="wb-tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {panels.map((panel) => (
        <button
          key={panel.id}
          type="button"
          role="tab"
          class="wb-tab"
          id={tabId(panel.id)}
          aria-controls={panelId(panel.id)}
          aria-selected={panel.id === selected}
          tabIndex={panel.id === selected ? 0 : -1}
          onClick={() => bench.layout.show(panel.id)}
        >
          {panel.label}
          <Count panel={panel} bench={bench} />
        </button>
      ))}
    </div>
  );
}

/** The panel's number: a component of its own, so that it alone is drawn again when it changes. */
function Count({ panel, bench }: { panel: Panel; bench: Bench }) {
  const count = panel.count?.(bench) ?? 0;
  return count > 0 ? <span class="wb-count">{count.toLocaleString("en")}</span> : null;
}
