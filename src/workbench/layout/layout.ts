import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { TextStorage } from "../../course/storage.ts";
import { moveEdge } from "./sizes.ts";
import { REGIONS, type PlacedPanel, type Region } from "./regions.ts";
import {
  DEFAULT_SIZES,
  loadLayout,
  saveLayout,
  type LayoutState,
  type SheetHeight,
} from "./saved-layout.ts";

/** Which panels are seen, and how large: kept for each lesson. */
export interface Layout {
  state: ReadonlySignal<LayoutState>;
  /** The screen has room for one panel at a time. Set by the view. */
  narrow: Signal<boolean>;
  /** One panel at a time, because the screen is narrow or the panel fills the workbench. */
  single: ReadonlySignal<boolean>;
  /** Regions that have panels, from top to bottom. */
  regions: readonly Region[];
  /** Brings a panel into sight. */
  show(id: string): void;
  isVisible(id: string): boolean;
  toggleCollapsed(region: Region): void;
  /** Moves the upper edge of a region by a share of the open regions' height (0 to 1); down is positive. */
  moveEdge(region: Region, by: number): void;
  resetSizes(): void;
  setFilled(filled: boolean): void;
  setWide(wide: boolean): void;
  /** @param share part of the window's width for the lesson's text; null for the usual one */
  setText(share: number | null): void;
  setTree(shown: boolean): void;
  setSheet(sheet: SheetHeight): void;
}

/** The least and the most of the window's width that the lesson's text may have. */
const LEAST_TEXT = 0.24;
const MOST_TEXT = 0.68;

interface Options {
  panels: readonly PlacedPanel[];
  storage: TextStorage;
  slug: string;
}

/** The layout of a lesson's workbench, as it was left. */
export function createLayout({ panels, storage, slug }: Options): Layout {
  const state = signal(loadLayout(storage, slug, panels));
  const narrow = signal(false);
  const single = computed(() => narrow.value || state.value.filled);
  const regions = REGIONS.filter((region) => panels.some((panel) => panel.region === region));

  function change(part: Partial<LayoutState>) {
    state.value = { ...state.value, ...part };
    saveLayout(storage, slug, state.value);
  }

  return {
    state,
    narrow,
    single,
    regions,
    show(id) {
      const region = panels.find((panel) => panel.id === id)?.region;
      if (!region) return;
      const { selected, collapsed, sheet } = state.value;
      change({
        current: id,
        selected: { ...selected, [region]: id },
        collapsed: { ...collapsed, [region]: false },
        sheet: sheet === "dock" ? "half" : sheet,
      });
    },
    isVisible(id) {
      const { selected, collapsed, current, sheet } = state.value;
      if (single.value) return current === id && !(narrow.value && sheet === "dock");
      const region = panels.find((panel) => panel.id === id)?.region;
      return region !== undefined && selected[region] === id && !collapsed[region];
    },
    toggleCollapsed(region) {
      const { collapsed } = state.value;
      change({ collapsed: { ...collapsed, [region]: !collapsed[region] } });
    },
    moveEdge(region, by) {
      const { sizes, collapsed } = state.value;
      const open = regions.filter((name) => !collapsed[name]);
      change({ sizes: moveEdge(sizes, open, region, by) });
    },
    resetSizes: () => change({ sizes: { ...DEFAULT_SIZES } }),
    setFilled: (filled) => change({ filled }),
    setWide: (wide) => change({ wide }),
    setText: (share) =>
      change({
        wide: false,
        text: share === null ? null : Math.min(MOST_TEXT, Math.max(LEAST_TEXT, share)),
      }),
    setTree: (tree) => change({ tree }),
    setSheet: (sheet) => change({ sheet }),
  };
}
