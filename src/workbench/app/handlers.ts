import { PLACE_ATTRIBUTE } from "./source-links.ts";

/**
 * The attribute by which the frame's script knows what a click shows, hides or turns over: ids, each after its sign,
 * `+ - ~`, as JSON.
 */
export const PARTS_ATTRIBUTE = "data-app-parts";

const CALL = /\b(?:(show|hide)\('([\w-]+)'\)|toggle(Session|Env)Dump\(\))/g;

/**
 * The handlers of Rails' error page, which show one of three traces and the dumps, become an attribute that our script
 * understands.
 */
export function keepErrorPageHandlers(document: Document): void {
  for (const element of document.querySelectorAll("[onclick]")) {
    const parts = partsOf(element.getAttribute("onclick") ?? "");
    if (parts.length > 0) element.setAttribute(PARTS_ATTRIBUTE, JSON.stringify(parts));
  }
  // Frames of gems show their source by a script of the page: without it they lead nowhere.
  for (const frame of document.querySelectorAll(`a.trace-frames:not([${PLACE_ATTRIBUTE}])`)) {
    frame.removeAttribute("href");
  }
}

/** Takes every inline handler out of a page: its policy would refuse them. */
export function takeHandlers(document: Document): void {
  for (const element of document.querySelectorAll("*")) {
    for (const name of element.getAttributeNames()) {
      if (name.startsWith("on")) element.removeAttribute(name);
    }
  }
}

function partsOf(code: string): string[] {
  return [...code.matchAll(CALL)].map(([, verb, id, dump]) =>
    dump ? `~${dump.toLowerCase()}_dump` : `${verb === "show" ? "+" : "-"}${id}`,
  );
}
