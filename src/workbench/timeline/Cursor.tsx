import type { Signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { clockTime } from "../format.ts";
import { HEAD } from "./draw/frame.ts";
import type { PlacedMark } from "./draw/Picture.tsx";
import type { Scale } from "./scene/scale.ts";
import { alongOf, type Geometry } from "./view/geometry.ts";
import type { TimelineView } from "./view/view.ts";

interface Props {
  asOf: Signal<number | null>;
  scale: Scale;
  marks: PlacedMark[];
  geometry: Geometry;
  view: TimelineView;
}

/** Pixels that an arrow key moves the cursor. */
const STEP = 8;

/** Where the cursor stands for a moment: px from the beginning of the window, within the drawing. */
export function cursorAt(scale: Scale, moment: number, length: number): number {
  return Math.min(Math.max(scale.at(moment), 0), length - 10);
}

/** The moment at which the tables are shown: dragged along the axis, or moved by keys. */
export function Cursor({ asOf, scale, marks, geometry, view }: Props) {
  const dragging = useRef(false);
  const { vertical, length } = geometry;
  const past = asOf.value;
  const now = view.now.value;
  const at = cursorAt(scale, past ?? now, length);
  const set = (time: number) => (asOf.value = time >= view.now.value ? null : time);

  function onKeyDown(event: KeyboardEvent) {
    const times = marks.map(({ info }) => info.time);
    const time = past ?? now;
    const moves: Record<string, () => number | undefined> = {
      ArrowLeft: () => scale.timeAt(at - STEP),
      ArrowUp: () => scale.timeAt(vertical ? at - STEP : at + STEP),
      ArrowRight: () => scale.timeAt(at + STEP),
      ArrowDown: () => scale.timeAt(vertical ? at + STEP : at - STEP),
      PageUp: () => times.findLast((known) => known < time - 0.5),
      PageDown: () => times.find((known) => known > time + 0.5) ?? Infinity,
      Home: () => scale.from,
      End: () => Infinity,
      Escape: () => Infinity,
    };
    const next = moves[event.key]?.();
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(next);
  }

  function onPointerMove(event: PointerEvent) {
    const svg = (event.currentTarget as Element).parentElement?.querySelector("svg");
    if (!dragging.current || !svg) return;
    set(scale.timeAt(Math.min(alongOf(event, svg.getBoundingClientRect(), vertical), length)));
  }

  const place = vertical ? { top: `${HEAD.tall + at}px` } : { left: `${HEAD.wide + at}px` };
  return (
    <div
      class="tl-cursor"
      data-past={past !== null}
      data-early={at < 120}
      style={place}
      role="slider"
      tabIndex={0}
      aria-label="Moment at which the tables are shown"
      aria-orientation={vertical ? "vertical" : "horizontal"}
      aria-valuemin={0}
      aria-valuemax={Math.round(length)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={past === null ? "now" : clockTime(past)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        if (view.follow.value === "live") view.pan(0);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (dragging.current = false)}
      onPointerCancel={() => (dragging.current = false)}
    >
      <span class="tl-cursor-time">{past === null ? "now" : `as at ${clockTime(past)}`}</span>
    </div>
  );
}
