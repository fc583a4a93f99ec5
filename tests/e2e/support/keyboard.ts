/** The workbench without a mouse, and with the reader's own colours. */
import type { Page } from "playwright";
import { expect } from "vitest";

/** More stops than any choice of tabs has: whoever makes so many is going in a circle. */
const MOST_STOPS = 300;
/** Where the stops lie, in the order in which they are to be reached. */
const PLACES = ["upper", "middle", "lower", "strip"];

interface Stop {
  /** For the message of a failure: `button Retry`. */
  name: string;
  inWorkbench: boolean;
  place: string | null;
  /** The code and frames have a focus of their own, of which this page sees nothing. */
  kind: "code" | "frame" | "control";
  /** It is in sight, and its focus is marked. */
  shown: boolean;
}

/**
 * Goes through the workbench with Tab, as it is now: each stop shows that it has the focus, the regions come one
 * after the other, and after the last one the focus leaves. Needs reduced motion: marks come at once.
 */
export async function expectWalkByTab(page: Page): Promise<void> {
  await page.evaluate(() => {
    const workbench = document.querySelector<HTMLElement>(".workbench");
    workbench?.setAttribute("tabindex", "-1");
    workbench?.focus();
    workbench?.removeAttribute("tabindex");
  });
  const stops: Stop[] = [];
  for (;;) {
    if (stops.at(-1)?.kind === "code") await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(whereTheFocusIs);
    if (!stop.inWorkbench) break;
    stops.push(stop);
    expect(stops.length, `caught at ${stop.name}`).toBeLessThan(MOST_STOPS);
  }
  expect(stops.length).toBeGreaterThan(10);
  expect(stops.filter(({ shown }) => !shown).map(({ name }) => name)).toEqual([]);
  const order = stops.flatMap(({ place }) => (place === null ? [] : [PLACES.indexOf(place)]));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  await page.keyboard.press("Shift+Tab");
  expect((await page.evaluate(whereTheFocusIs)).inWorkbench).toBe(true);
}

/** Runs in the page. */
function whereTheFocusIs(): Stop {
  const element = document.activeElement ?? document.body;
  const word = element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 60);
  const kind = element.closest(".monaco-editor")
    ? "code"
    : element.tagName === "IFRAME"
      ? "frame"
      : "control";
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  const line = getComputedStyle(element, "::after").backgroundColor;
  const lit = element.matches(".wb-separator") && line !== "rgba(0, 0, 0, 0)";
  const drawn = element.matches(".tl-target") && document.querySelector(".tl-active") !== null;
  const box = element.getBoundingClientRect();
  const inSight =
    box.width > 4 && box.height > 4 && box.bottom > 0 && box.top < innerHeight && box.right > 0;
  return {
    name: `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} ${word}`,
    inWorkbench: element.closest(".workbench") !== null,
    place: element.closest(".wb-strip")
      ? "strip"
      : (element.closest<HTMLElement>("[data-region]")?.dataset["region"] ?? null),
    kind,
    shown: kind !== "control" || (inSight && (outlined || lit || drawn)),
  };
}

/** With forced colours a background tells nothing: what is chosen has an edge that others have not. */
export async function expectChoicesShown(page: Page): Promise<void> {
  const lost = await page.evaluate(() => {
    const canvas = document.createElement("i");
    canvas.style.color = "Canvas";
    document.body.append(canvas);
    const ground = getComputedStyle(canvas).color;
    canvas.remove();
    const chosen = document.querySelectorAll<HTMLElement>(
      '.workbench :is([aria-selected="true"], [aria-pressed="true"], [aria-current="true"])',
    );
    return [...chosen]
      .filter((element) => element.checkVisibility() && !element.closest(".monaco-editor"))
      .filter((element) => {
        const { outlineStyle, borderBottomColor, borderBottomWidth } = getComputedStyle(element);
        const underlined = parseFloat(borderBottomWidth) > 3 && borderBottomColor !== ground;
        return outlineStyle === "none" && !underlined && !element.closest('[data-open="true"]');
      })
      .map((element) => element.outerHTML.slice(0, 200));
  });
  expect(lost).toEqual([]);
}
