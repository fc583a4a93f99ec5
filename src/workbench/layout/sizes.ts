import type { Region } from "./regions.ts";

/** No open region gets smaller than this share of the open regions' height. */
const SMALLEST = 0.08;

type Sizes = Record<Region, number>;

/** The share (0 to 1) that a region has of the open regions' height. */
export function shareOf(sizes: Sizes, open: readonly Region[], region: Region): number {
  const total = open.reduce((sum, name) => sum + sizes[name], 0);
  return total > 0 ? sizes[region] / total : 0;
}

/** The open region above a region's upper edge; null where the edge cannot move. */
export function regionAbove(open: readonly Region[], region: Region): Region | null {
  const at = open.indexOf(region);
  return at > 0 ? (open[at - 1] ?? null) : null;
}

/**
 * Moves the upper edge of an open region: what it loses, the open region above it gains.
 * @param by share of the open regions' height; down is positive
 */
export function moveEdge(sizes: Sizes, open: readonly Region[], region: Region, by: number): Sizes {
  const above = regionAbove(open, region);
  if (!above) return sizes;
  const total = open.reduce((sum, name) => sum + sizes[name], 0);
  const least = SMALLEST * total;
  const room = sizes[above] + sizes[region];
  const wanted = sizes[region] - by * total;
  const size = Math.min(Math.max(wanted, least), room - least);
  return { ...sizes, [region]: size, [above]: room - size };
}
