import { useEffect, useRef } from "preact/hooks";
import type { SessionState } from "../session/session.ts";

/** Where the focus goes when the control that had it is gone. */
const NEXT: Record<SessionState["name"], string> = {
  idle: ".wb-start button",
  starting: ".wb-start button",
  failed: ".wb-start button",
  ready: '.wb-bench [role="tab"][aria-selected="true"]',
};

/**
 * Start is replaced by Cancel, and Cancel by the bench: whoever pressed them with the keyboard goes
 * on from there, not from the top of the page. A focus outside the workbench is left alone.
 */
export function useKeptFocus(state: SessionState["name"]): void {
  const within = useRef(false);
  useEffect(() => {
    const note = ({ target }: FocusEvent) =>
      (within.current = (target as Element).closest?.(".workbench") != null);
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (within.current && lost) document.querySelector<HTMLElement>(NEXT[state])?.focus();
  }, [state]);
}
