import { effect } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { Layout } from "./layout.ts";

/**
 * Tells the page what the layout wants of it: the height of the sheet on a narrow screen, and how
 * much of the width the text has on a wide one.
 */
export function usePage(element: RefObject<HTMLElement>, layout: Layout): void {
  // Before anything is measured or painted: the sheet takes no room in the text, not even for a moment.
  useLayoutEffect(() => {
    const workbench = element.current?.closest<HTMLElement>(".workbench");
    if (!workbench) return;
    workbench.id = "workbench";
    const { style } = document.documentElement;
    const stop = effect(() => {
      const { sheet, wide, text } = layout.state.value;
      workbench.dataset["sheet"] = sheet;
      const width = wide ? "var(--lesson-line)" : text && `${(text * 100).toFixed(2)}vw`;
      if (width) style.setProperty("--lesson-text", width);
      else style.removeProperty("--lesson-text");
    });
    return () => {
      stop();
      delete workbench.dataset["sheet"];
      style.removeProperty("--lesson-text");
    };
  }, [element, layout]);
}
