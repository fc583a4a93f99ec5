import type { Layout } from "./layout.ts";
import type { Region } from "./regions.ts";
import { Separator } from "./Separator.tsx";
import { shareOf } from "./sizes.ts";
import { panelId } from "./Tabs.tsx";

interface Props {
  layout: Layout;
  region: Region;
  open: readonly Region[];
  /** The name of what the region shows. */
  label: string;
}

/** The upper edge of an open region, which can be moved. */
export function RegionEdge({ layout, region, open, label }: Props) {
  const { sizes, selected } = layout.state.value;

  /** Height in px that the open regions share. */
  function room(): number {
    const heights = open.map(
      (name) => document.getElementById(panelId(layout.state.value.selected[name]))?.clientHeight,
    );
    return heights.reduce<number>((sum, height) => sum + (height ?? 0), 0);
  }

  return (
    <Separator
      orientation="horizontal"
      label={`Height of ${label}`}
      controls={panelId(selected[region])}
      percent={shareOf(sizes, open, region) * 100}
      growsTowards="start"
      onMove={(by) => {
        const height = room();
        if (height > 0) layout.moveEdge(region, by / height);
      }}
      onToggle={() => layout.toggleCollapsed(region)}
      onReset={() => layout.resetSizes()}
    />
  );
}
