import { PANELS } from "../panels.ts";
import type { Bench } from "../session/bench.ts";
import type { Overlay } from "./overlay.ts";

/** The keys of the workbench, for the list of shortcuts. */
export function shortcuts(isMac: boolean): { keys: string; does: string }[] {
  const mod = isMac ? "⌘" : "Ctrl";
  return [
    { keys: `${mod}+K`, does: "Commands and files" },
    { keys: `${mod}+P`, does: "Open a file (in the workbench)" },
    { keys: `${mod}+S`, does: "Save now; everything is saved as you type" },
    ...PANELS.map(({ key, label }) => ({ keys: `g ${key}`, does: `Show ${label}` })),
    { keys: "?", does: "This list" },
    { keys: "Esc Tab", does: "Leave the code editor; Tab alone indents" },
    { keys: isMac ? "⌃+⇧+M" : "Ctrl+M", does: "Let Tab always leave the editor, or not" },
    { keys: "F2", does: "Rename the file that is chosen in the tree" },
    { keys: "Delete", does: "Delete the file that is chosen in the tree" },
    { keys: "↑ ↓", does: "On a line between panels: move it" },
  ];
}

/** What a key asks for; null when it asks for nothing. */
export type Asked =
  { overlay: Overlay } | { panel: string } | "save" | "wait for the next key" | null;

export interface Press {
  key: string;
  /** Ctrl, or ⌘ on a Mac. */
  mod: boolean;
  /** Any modifier but Shift. */
  modified: boolean;
  /** The focus is where letters mean something else. */
  typing: boolean;
  /** The focus is in the workbench. */
  inside: boolean;
  /** The key before was `g`. */
  afterG: boolean;
  /** Keys without a modifier are wanted at all. */
  single: boolean;
}

/** The meaning of a key press. Letters alone mean nothing while somebody types. */
export function meaning(press: Press): Asked {
  const { key, mod, modified, typing, inside, afterG, single } = press;
  if (mod && key.toLowerCase() === "k") return { overlay: "commands" };
  if (mod && inside && key.toLowerCase() === "p") return { overlay: "files" };
  if (mod && inside && key.toLowerCase() === "s") return "save";
  if (modified || typing || !single) return null;
  const panel = afterG ? PANELS.find((candidate) => candidate.key === key) : undefined;
  if (panel) return { panel: panel.id };
  if (key === "?") return { overlay: "shortcuts" };
  return key === "g" ? "wait for the next key" : null;
}

const TYPING =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, ' +
  '[contenteditable]:not([contenteditable="false"]), .monaco-editor, [role="tree"], [role="listbox"]';

export const isMac = () => /mac|iphone|ipad/i.test(navigator.platform);

/**
 * Listens to the page's keys for as long as the workbench runs: before anyone else, so that
 * neither Monaco's Ctrl+K nor the site's search takes the palette's.
 */
export function listenToKeys(bench: Bench, singleKeys: () => boolean): () => void {
  let afterG = false;
  function onKeyDown(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const isOpen = bench.overlay.value !== null || document.querySelector("dialog[open]") !== null;
    const mod = isMac() ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    const asked = meaning({
      key: event.key,
      mod: mod && !event.altKey && !event.shiftKey,
      modified: event.ctrlKey || event.metaKey || event.altKey,
      typing: isOpen || target.closest(TYPING) !== null,
      inside: target.closest(".workbench") !== null,
      afterG,
      single: singleKeys(),
    });
    afterG = asked === "wait for the next key";
    if (asked === null || afterG) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act(bench, asked);
  }
  addEventListener("keydown", onKeyDown, { capture: true });
  return () => removeEventListener("keydown", onKeyDown, { capture: true });
}

function act(bench: Bench, asked: Exclude<Asked, null>): void {
  if (asked === "save") bench.workspace.flush();
  else if (asked === "wait for the next key") return;
  else if ("panel" in asked) {
    bench.layout.show(asked.panel);
    document.getElementById(`wb-tab-${asked.panel}`)?.focus();
  } else bench.overlay.value = bench.overlay.value === asked.overlay ? null : asked.overlay;
}
