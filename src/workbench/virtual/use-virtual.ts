import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

export type VirtualList = Virtualizer<HTMLElement, HTMLElement>;

interface Options {
  count: number;
  /** Height of a row in px. */
  size: (index: number) => number;
  /** The element that scrolls. */
  scroller: RefObject<HTMLElement>;
  /** Rows drawn beyond those in sight. */
  overscan?: number;
}

/** Of a long list only the rows in sight are in the page (TanStack Virtual, for Preact). */
export function useVirtual({ count, size, scroller, overscan = 12 }: Options): VirtualList {
  const [, redraw] = useReducer<number, void>((n) => n + 1, 0);
  const options = {
    count,
    estimateSize: size,
    getScrollElement: () => scroller.current,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    overscan,
    onChange: () => redraw(),
  };
  const [list] = useState<VirtualList>(() => new Virtualizer(options));
  list.setOptions(options);
  useLayoutEffect(() => list._didMount(), [list]);
  useLayoutEffect(() => list._willUpdate());
  return list;
}
