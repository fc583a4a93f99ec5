import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

export interface Tab<Name extends string> {
  name: Name;
  label: ComponentChildren;
}

interface Props<Name extends string> {
  /** Names the list for screen readers. */
  label: string;
  tabs: Tab<Name>[];
  selected: Signal<Name>;
  children?: ComponentChildren;
}

export const tabId = (name: string) => `wb-tab-${name}`;
export const panelId = (name: string) => `wb-panel-${name}`;

const STEPS: Record<string, number> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: -Infinity,
  End: Infinity,
};

/** A list of tabs as the ARIA practices describe it: arrows move, Tab leaves. */
export function Tabs<Name extends string>({ label, tabs, selected, children }: Props<Name>) {
  function onKeyDown(event: KeyboardEvent) {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.name === selected.value);
    const to = Number.isFinite(step) ? (at + step + tabs.length) % tabs.length : step < 0 ? 0 : -1;
    const next = tabs.at(to);
    if (!next) return;
    selected.value = next.name;
    document.getElementById(tabId(next.name))?.focus();
  }

  return (
    <div class="wb-bar">
      <div class="wb-tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.name}
            type="button"
            role="tab"
            class="wb-tab"
            id={tabId(tab.name)}
            aria-controls={panelId(tab.name)}
            aria-selected={selected.value === tab.name}
            tabIndex={selected.value === tab.name ? 0 : -1}
            onClick={() => (selected.value = tab.name)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}

interface PanelProps<Name extends string> {
  name: Name;
  selected: Signal<Name>;
  children: ComponentChildren;
}

/** What a tab shows. Stays mounted while hidden, so that no panel loses its state. */
export function TabPanel<Name extends string>({ name, selected, children }: PanelProps<Name>) {
  return (
    <div
      class="wb-panel"
      role="tabpanel"
      id={panelId(name)}
      aria-labelledby={tabId(name)}
      hidden={selected.value !== name}
    >
      {children}
    </div>
  );
}
