import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
} from "@tanstack/virtual-core";
import { useEffect, useLayoutEffect, useRef, useState, type MutableRef } from "preact/hooks";

export interface VirtualRows {
  scroller: MutableRef<HTMLDivElement | null>;
  items: VirtualItem[];
  /** Height of all rows in px. */
  height: number;
}

/** Which of `count` rows are in sight of a box that scrolls. @param rowHeight in px */
export function useVirtualRows(count: number, rowHeight: number): VirtualRows {
  const scroller = useRef<HTMLDivElement | null>(null);
  const [, redraw] = useState(0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw((n) => n + 1),
  };
  const virtualizer = useRef<Virtualizer<HTMLDivElement, Element> | null>(null);
  virtualizer.current ??= new Virtualizer(options);
  virtualizer.current.setOptions(options);
  useEffect(() => virtualizer.current?._didMount(), []);
  useLayoutEffect(() => virtualizer.current?._willUpdate());
  return {
    scroller,
    items: virtualizer.current.getVirtualItems(),
    height: virtualizer.current.getTotalSize(),
  };
}
