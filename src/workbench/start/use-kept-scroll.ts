import { useLayoutEffect, useMemo } from "preact/hooks";
import type { SessionState } from "../session/session.ts";

/**
 * On a narrow page the workbench is a paragraph of the text until it runs, and a sheet then. What follows it in the
 * text and is in sight stays where it is on the screen. Browsers' own scroll anchoring does not do this: it gives way
 * where something becomes fixed, and Safari had none for long.
 */
export function useKeptScroll(state: SessionState["name"]): void {
  // While this renders the page is still as it was.
  const before = useMemo(topOfWhatFollows, [state]);
  useLayoutEffect(() => {
    const after = topOfWhatFollows();
    const isPast = before !== null && before < 0;
    if (isPast && after !== null && after !== before) scrollBy(0, after - before);
  }, [state]);
}

/** Of what follows the workbench in the text, in px from the window's top. */
function topOfWhatFollows(): number | null {
  if (typeof document === "undefined") return null;
  const workbench = document.querySelector(".sl-markdown-content .workbench");
  return workbench?.nextElementSibling?.getBoundingClientRect().top ?? null;
}
