import type { Box } from "../scene/types.ts";
import type { Frame } from "./frame.ts";

/** A bar whose end is torn off, as a path. */
export function tornEdge(frame: Frame, { a0, a1, c0, c1 }: Box): string {
  const teeth = 4;
  const edge = Array.from({ length: teeth * 2 + 1 }, (_, index): [number, number] => [
    Math.max(a1 - (index % 2 === 0 ? 0 : 6), a0),
    c0 + ((c1 - c0) * index) / (teeth * 2),
  ]);
  return `${frame.path([a0, c0], ...edge, [a0, c1])}Z`;
}
