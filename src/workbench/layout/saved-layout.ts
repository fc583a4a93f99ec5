import { isRecord, readJson, type TextStorage } from "../../course/storage.ts";
import { REGIONS, type PlacedPanel, type Region } from "./regions.ts";

/** How far the workbench's sheet is pulled up on a narrow screen. */
export type SheetHeight = "dock" | "half" | "full";

/** Everything about the workbench's layout that is kept for a lesson. */
export interface LayoutState {
  /** Height of each region as a share; only their proportion counts. */
  sizes: Record<Region, number>;
  collapsed: Record<Region, boolean>;
  /** The panel that each region shows. */
  selected: Record<Region, string>;
  /** The panel shown last: the one that is seen where there is room for one. */
  current: string;
  /** One panel fills the workbench. */
  filled: boolean;
  /** The workbench covers the lesson's text. */
  wide: boolean;
  /** Part of the window's width that the lesson's text has (0 to 1); null for the usual one. */
  text: number | null;
  /** The editor shows its file tree. */
  tree: boolean;
  sheet: SheetHeight;
}

/** Rises when the shape changes; a layout of another version is not read. */
const VERSION = 1;
const SHEETS: readonly string[] = ["dock", "half", "full"] satisfies SheetHeight[];
const key = (slug: string) => `perform-later:layout:${slug}`;

/** Shares of the height: editor, timeline, jobs; at 1440x900 the list has room for four jobs. */
export const DEFAULT_SIZES: Record<Region, number> = { upper: 33, middle: 32, lower: 35 };

export function defaultLayout(panels: readonly PlacedPanel[]): LayoutState {
  const first = (region: Region) => panels.find((panel) => panel.region === region)?.id ?? "";
  return {
    sizes: { ...DEFAULT_SIZES },
    collapsed: { upper: false, middle: false, lower: false },
    selected: { upper: first("upper"), middle: first("middle"), lower: first("lower") },
    current: panels[0]?.id ?? "",
    filled: false,
    wide: false,
    text: null,
    tree: true,
    sheet: "dock",
  };
}

/** The layout kept for a lesson. What is damaged or unknown is as at first. */
export function loadLayout(
  storage: TextStorage,
  slug: string,
  panels: readonly PlacedPanel[],
): LayoutState {
  const state = defaultLayout(panels);
  const stored = readJson(storage, key(slug));
  if (!isRecord(stored) || stored["version"] !== VERSION) return state;

  const { sizes, collapsed, selected, current, filled, wide, text, tree, sheet } = stored;
  const isPanel = (id: unknown, region?: Region): id is string =>
    panels.some((panel) => panel.id === id && (!region || panel.region === region));
  for (const region of REGIONS) {
    const size = isRecord(sizes) ? sizes[region] : null;
    if (typeof size === "number" && size > 0 && size < 1000) state.sizes[region] = size;
    const shown = isRecord(selected) ? selected[region] : null;
    if (isPanel(shown, region)) state.selected[region] = shown;
    state.collapsed[region] = isRecord(collapsed) && collapsed[region] === true;
  }
  if (isPanel(current)) state.current = current;
  if (typeof sheet === "string" && SHEETS.includes(sheet)) state.sheet = sheet as SheetHeight;
  state.filled = filled === true;
  state.wide = wide === true;
  if (typeof text === "number" && text > 0 && text < 1) state.text = text;
  state.tree = tree !== false;
  return state;
}

/** Keeps the layout; a storage that refuses costs the layout, nothing else. */
export function saveLayout(storage: TextStorage, slug: string, state: LayoutState): void {
  try {
    storage.setItem(key(slug), JSON.stringify({ version: VERSION, ...state }));
  } catch {
    // Full or closed storage: the next visit begins with the usual layout.
  }
}
