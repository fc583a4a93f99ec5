import { HEAD, SIDE } from "../draw/frame.ts";

/** Narrower than this the timeline turns: time runs down. */
const TURNS_BELOW = 560;

export interface Geometry {
  vertical: boolean;
  /** Room along time and across the lanes, in px. */
  length: number;
  across: number;
}

/** How a drawing lies in so much room (px). */
export function geometryOf(width: number, height: number): Geometry {
  const vertical = width < TURNS_BELOW;
  return vertical
    ? {
        vertical,
        length: Math.max(height - HEAD.tall - 2, 220),
        across: Math.max(width - SIDE.tall, 200),
      }
    : {
        vertical,
        length: Math.max(width - HEAD.wide, 200),
        across: Math.max(height - SIDE.wide - 2, 120),
      };
}

/** Place along time (px) of a pointer, counted from the beginning of the window. */
export function alongOf(
  event: { clientX: number; clientY: number },
  box: DOMRect,
  vertical: boolean,
) {
  return vertical ? event.clientY - box.top - HEAD.tall : event.clientX - box.left - HEAD.wide;
}
