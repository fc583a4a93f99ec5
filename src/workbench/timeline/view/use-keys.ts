import type { PlacedMark } from "../draw/Picture.tsx";
import type { MarkInfo } from "../scene/types.ts";
import type { TimelineView } from "./view.ts";

interface Options {
  view: TimelineView;
  svg: { current: SVGSVGElement | null };
  marks: PlacedMark[];
  vertical: boolean;
  /** Goes where the mark leads. */
  follow(info: MarkInfo): void;
  /** Keeps the mark in view, or none. */
  pin(id: string | null): void;
}

const ZOOM = 1.6;
const STEP = 0.15;

/**
 * Keys of the drawing. On the drawing itself arrows move the window; on a mark they go to the next one,
 * along time or to another lane, and with Shift they move the window.
 */
export function useKeys({ view, svg, marks, vertical, follow, pin }: Options) {
  const focus = (mark: PlacedMark | undefined) => {
    if (!mark) return;
    pin(mark.info.id);
    const selector = `[data-mark="${CSS.escape(mark.info.id)}"]`;
    svg.current?.querySelector<SVGElement>(selector)?.focus();
  };

  function onMark(event: KeyboardEvent, at: number): boolean {
    const mark = marks[at];
    if (!mark) return false;
    const along = vertical ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const across = vertical ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    if (event.key === along[0]) focus(marks[at - 1]);
    else if (event.key === along[1]) focus(marks[at + 1]);
    else if (event.key === across[0]) focus(nearest(marks, mark, -1));
    else if (event.key === across[1]) focus(nearest(marks, mark, 1));
    else if (event.key === "Home") focus(marks[0]);
    else if (event.key === "End") focus(marks.at(-1));
    else if (event.key === "Enter" || event.key === " ") follow(mark.info);
    else if (event.key === "Escape") pin(null);
    else return false;
    return true;
  }

  function onWindow(event: KeyboardEvent): boolean {
    const back = vertical ? "ArrowUp" : "ArrowLeft";
    const forth = vertical ? "ArrowDown" : "ArrowRight";
    if (event.key === "+" || event.key === "=") view.zoom(1 / ZOOM);
    else if (event.key === "-") view.zoom(ZOOM);
    else if (event.key === "0") view.follow.value = "run";
    else if (event.key === back) view.pan(-STEP);
    else if (event.key === forth) view.pan(STEP);
    else return false;
    return true;
  }

  return {
    onKeyDown(event: KeyboardEvent) {
      const { target, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey || !(target instanceof Element)) return;
      if (target.closest("button, [role=slider]")) return;
      const id = target.closest<SVGElement>("[data-mark]")?.dataset["mark"];
      const at = marks.findIndex(({ info }) => info.id === id);
      const done = (at >= 0 && !event.shiftKey && onMark(event, at)) || onWindow(event);
      if (done) event.preventDefault();
    },
    onFocusIn({ target }: FocusEvent) {
      const mark = (target as Element).closest<SVGElement>("[data-mark]");
      // A pointer focuses what it presses, and may be about to drag.
      if (mark?.matches(":focus-visible")) pin(mark.dataset["mark"] ?? null);
    },
  };
}

/** The mark of the nearest lane on that side that is nearest in time. */
function nearest(marks: PlacedMark[], from: PlacedMark, side: 1 | -1): PlacedMark | undefined {
  const beside = marks.filter(
    (mark) => (mark.c0 - from.c0) * side > 0 && mark.info.lane !== from.info.lane,
  );
  const distance = (mark: PlacedMark) =>
    Math.abs(mark.c0 - from.c0) * 4 + Math.abs(mark.a0 - from.a0);
  return beside.sort((a, b) => distance(a) - distance(b))[0];
}
