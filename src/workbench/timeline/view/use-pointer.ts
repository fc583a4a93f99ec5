import { useEffect, useRef } from "preact/hooks";
import type { PlacedMark } from "../draw/Picture.tsx";
import type { MarkInfo } from "../scene/types.ts";
import { alongOf, type Geometry } from "./geometry.ts";
import type { TimelineView } from "./view.ts";

interface Options {
  view: TimelineView;
  box: { current: HTMLDivElement | null };
  svg: { current: SVGSVGElement | null };
  geometry: Geometry;
  marks: PlacedMark[];
  follow(info: MarkInfo): void;
  setActive(id: string | null): void;
}

/** A pointer that moves less (px) has clicked. */
const STILL = 4;
/** Pixels of a wheel that double the window. */
const DOUBLES = 300;

/** Drag moves the window, Ctrl and the wheel zoom, a click goes where the mark leads. */
export function usePointer({ view, box, svg, geometry, marks, follow, setActive }: Options) {
  const drag = useRef<{ last: number; moved: number; pointer: number } | null>(null);
  const { vertical, length } = geometry;
  const along = (event: { clientX: number; clientY: number }) =>
    svg.current ? alongOf(event, svg.current.getBoundingClientRect(), vertical) : 0;
  const markOf = (event: Event) => {
    const id = (event.target as Element).closest<SVGElement>("[data-mark]")?.dataset["mark"];
    return marks.find(({ info }) => info.id === id);
  };

  const wheel = useRef<(event: WheelEvent) => void>(() => undefined);
  wheel.current = (event) => {
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (event.ctrlKey || event.metaKey) {
      view.zoom(2 ** (event.deltaY / DOUBLES), Math.min(Math.max(along(event) / length, 0), 1));
    } else if (!vertical && Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      view.pan(sideways / length);
    } else return;
    event.preventDefault();
  };
  useEffect(() => {
    const element = box.current;
    const listener = (event: WheelEvent) => wheel.current(event);
    element?.addEventListener("wheel", listener, { passive: false });
    return () => element?.removeEventListener("wheel", listener);
  }, []);

  return {
    onPointerDown(event: PointerEvent) {
      const outside = (event.target as Element).closest("button, [role=slider], .tl-card");
      if (event.button !== 0 || outside) return;
      drag.current = { last: along(event), moved: 0, pointer: event.pointerId };
    },
    onPointerMove(event: PointerEvent) {
      const current = drag.current;
      if (!current) return setActive(markOf(event)?.info.id ?? null);
      const at = along(event);
      current.moved += Math.abs(at - current.last);
      if (current.moved < STILL) return;
      box.current?.setPointerCapture(current.pointer);
      view.pan((current.last - at) / length);
      current.last = at;
    },
    onPointerUp(event: PointerEvent) {
      const current = drag.current;
      drag.current = null;
      const mark = markOf(event);
      if (current && current.moved < STILL && mark) follow(mark.info);
    },
    onPointerCancel() {
      drag.current = null;
    },
    onPointerLeave() {
      if (!drag.current) setActive(null);
    },
  };
}
