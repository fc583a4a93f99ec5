import type { Box, Scene } from "../scene/types.ts";

/** Turns places along time and across lanes into x and y: time to the right, or downwards. */
export interface Frame {
  vertical: boolean;
  /** Where the lanes' names are: px before the beginning of the window. */
  head: number;
  /** Where the axis is: px before the first lane. */
  side: number;
  width: number;
  height: number;
  x(a: number, c: number): number;
  y(a: number, c: number): number;
  rect(box: Box): { x: number; y: number; width: number; height: number };
  /** A straight line, for a path's `d`. */
  line(a0: number, c0: number, a1: number, c1: number): string;
  /** Points for a path's `d`, joined by lines. */
  path(...points: [number, number][]): string;
}

export const HEAD = { wide: 104, tall: 34 };
export const SIDE = { wide: 28, tall: 46 };

/** The frame of a scene: x and y count from the beginning of the window along time, from 0 across. */
export function frameOf(scene: Pick<Scene, "length" | "across">, vertical: boolean): Frame {
  const head = vertical ? HEAD.tall : HEAD.wide;
  const side = vertical ? SIDE.tall : SIDE.wide;
  const x = (a: number, c: number) => round(vertical ? side + c : a);
  const y = (a: number, c: number) => round(vertical ? a : side + c);
  const point = (a: number, c: number) => `${x(a, c)} ${y(a, c)}`;
  return {
    vertical,
    head,
    side,
    width: vertical ? side + scene.across : head + scene.length,
    height: vertical ? head + scene.length : side + scene.across,
    x,
    y,
    rect: ({ a0, a1, c0, c1 }) => ({
      x: x(a0, c0),
      y: y(a0, c0),
      width: round(Math.max(vertical ? c1 - c0 : a1 - a0, 0)),
      height: round(Math.max(vertical ? a1 - a0 : c1 - c0, 0)),
    }),
    line: (a0, c0, a1, c1) => `M${point(a0, c0)}L${point(a1, c1)}`,
    path: (...points) => `M${points.map(([a, c]) => point(a, c)).join("L")}`,
  };
}

const round = (px: number) => Math.round(px * 10) / 10;
