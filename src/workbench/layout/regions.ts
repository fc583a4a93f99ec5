/** The places for panels, from top to bottom. Each shows one of its panels at a time. */
export const REGIONS = ["upper", "middle", "lower"] as const;

export type Region = (typeof REGIONS)[number];

/** What the layout needs to know of a panel. */
export interface PlacedPanel {
  id: string;
  region: Region;
}
