import type { ComponentChildren } from "preact";
import type { Panel } from "../panels.ts";
import type { Bench } from "../session/bench.ts";
import { Icon } from "../Icon.tsx";
import { regionAbove } from "./sizes.ts";
import type { Region } from "./regions.ts";
import { RegionEdge } from "./RegionEdge.tsx";
import { Tabs } from "./Tabs.tsx";

const NAMES: Record<Region, string> = {
  upper: "Files and app",
  middle: "What happens",
  lower: "The queue",
};

interface Props {
  region: Region;
  panels: readonly Panel[];
  bench: Bench;
  children?: ComponentChildren;
}

/** The head of a region: its tabs, its upper edge, and what can be done with it. */
export function RegionBar({ region, panels, bench, children }: Props) {
  const { layout } = bench;
  const { selected, collapsed } = layout.state.value;
  const own = panels.filter((panel) => panel.region === region);
  const shown = own.find((panel) => panel.id === selected[region]);
  const open = layout.regions.filter((name) => !collapsed[name]);
  const label = shown?.label ?? NAMES[region];
  return (
    <div class="wb-bar" data-region={region}>
      {regionAbove(open, region) && (
        <RegionEdge layout={layout} region={region} open={open} label={label} />
      )}
      <Tabs label={NAMES[region]} panels={own} selected={selected[region]} bench={bench} />
      <div class="wb-bar-end">
        {children}
        <button
          type="button"
          class="wb-icon-btn"
          aria-label={`Fill the workbench with ${label}`}
          title={`Fill the workbench with ${label}`}
          onClick={() => {
            layout.show(selected[region]);
            layout.setFilled(true);
          }}
        >
          <Icon name="fill" />
        </button>
        <button
          type="button"
          class="wb-icon-btn"
          aria-label={`Fold ${NAMES[region]}`}
          title={collapsed[region] ? `Unfold ${label}` : `Fold ${label}`}
          aria-expanded={!collapsed[region]}
          onClick={() => layout.toggleCollapsed(region)}
        >
          <Icon name={collapsed[region] ? "unfold" : "fold"} />
        </button>
      </div>
    </div>
  );
}
