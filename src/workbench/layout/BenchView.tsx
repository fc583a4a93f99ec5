import { Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { ClockBar } from "../clock/ClockBar.tsx";
import { Icon } from "../Icon.tsx";
import { Overlays } from "../palette/Overlays.tsx";
import { PANELS, type Panel } from "../panels.ts";
import { ProcessStrip } from "../processes/ProcessStrip.tsx";
import { linkProse } from "../prose/links.ts";
import type { Bench } from "../session/bench.ts";
import { RestoredNotice } from "../snapshots/RestoredNotice.tsx";
import "./layout.css";
import type { Layout } from "./layout.ts";
import { PanelBody } from "./PanelBody.tsx";
import { RegionBar } from "./RegionBar.tsx";
import { SheetGrip } from "./SheetGrip.tsx";
import { Tabs } from "./Tabs.tsx";
import { TextEdge } from "./TextEdge.tsx";
import { usePage } from "./use-page.ts";

/** Below this the workbench is a sheet with one panel at a time. The same width stands in layout.css. */
const NARROW = "(max-width: 1100px)";

/** The running workbench: panels in regions, or one at a time, and the processes at its foot. */
export function BenchView({ bench }: { bench: Bench }) {
  const { layout } = bench;
  const panels: readonly Panel[] = PANELS;
  const single = layout.single.value;
  const element = useRef<HTMLDivElement>(null);
  useNarrow(layout);
  usePage(element, layout);
  useEffect(() => {
    const text = document.querySelector("main");
    return text ? linkProse(text, bench) : undefined;
  }, [bench]);

  return (
    <div
      ref={element}
      class="wb-bench"
      data-single={single}
      style={single ? undefined : rowsOf(layout)}
    >
      {layout.narrow.value ? <SheetGrip layout={layout} /> : <TextEdge layout={layout} />}
      <RestoredNotice bench={bench} />
      {single && <SingleBar panels={panels} bench={bench} />}
      {layout.regions.map((region) => (
        <Fragment key={region}>
          {!single && (
            <RegionBar region={region} panels={panels} bench={bench}>
              {region === "upper" && <ClockBar clock={bench.sandbox.clock} />}
              {region === "upper" && <MenuButton bench={bench} />}
            </RegionBar>
          )}
          {panels
            .filter((panel) => panel.region === region)
            .map((panel) => (
              <PanelBody
                key={panel.id}
                panel={panel}
                bench={bench}
                visible={layout.isVisible(panel.id)}
              />
            ))}
        </Fragment>
      ))}
      <ProcessStrip bench={bench} />
      <Overlays bench={bench} />
    </div>
  );
}

/** For those who do not know the keys: everything that can be done. */
function MenuButton({ bench }: { bench: Bench }) {
  return (
    <button
      type="button"
      class="wb-icon-btn"
      aria-label="Commands, sharing and shortcuts"
      title="Commands, sharing and shortcuts"
      aria-haspopup="dialog"
      onClick={() => (bench.overlay.value = "commands")}
    >
      <Icon name="more" />
    </button>
  );
}

/** The one bar of a workbench that shows one panel at a time. */
function SingleBar({ panels, bench }: { panels: readonly Panel[]; bench: Bench }) {
  const { layout } = bench;
  return (
    <div class="wb-bar" data-region="upper">
      <Tabs label="Panels" panels={panels} selected={layout.state.value.current} bench={bench} />
      <div class="wb-bar-end">
        <ClockBar clock={bench.sandbox.clock} />
        <MenuButton bench={bench} />
        {!layout.narrow.value && (
          <button
            type="button"
            class="wb-icon-btn"
            aria-label="Show all panels"
            title="Show all panels"
            onClick={() => layout.setFilled(false)}
          >
            <Icon name="unfill" />
          </button>
        )}
      </div>
    </div>
  );
}

/** The grid's rows: a bar and a place for each region, then the processes. */
function rowsOf(layout: Layout) {
  const { sizes, collapsed } = layout.state.value;
  const rows = layout.regions.flatMap((region) => [
    `[bar-${region}] var(--wb-bar)`,
    `[${region}] ${collapsed[region] ? "0" : `minmax(0, ${sizes[region].toFixed(3)}fr)`}`,
  ]);
  const everyOneCollapsed = layout.regions.every((region) => collapsed[region]);
  if (everyOneCollapsed) rows.push("minmax(0, 1fr)");
  return { gridTemplateRows: ["[notice] auto", ...rows, "[strip] auto"].join(" ") };
}

/** Tells the layout whether the screen is narrow. */
function useNarrow(layout: Layout): void {
  useLayoutEffect(() => {
    const query = matchMedia(NARROW);
    const tell = () => (layout.narrow.value = query.matches);
    tell();
    query.addEventListener("change", tell);
    return () => query.removeEventListener("change", tell);
  }, [layout]);
}
