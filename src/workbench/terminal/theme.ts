import type { ITheme } from "@xterm/xterm";

/** Tells the page's colours for a terminal at that place, now and whenever the theme changes. */
export function followTheme(place: HTMLElement, tell: (theme: ITheme) => void): () => void {
  const read = () => {
    const { color, backgroundColor, outlineColor } = getComputedStyle(place);
    tell({
      background: backgroundColor,
      foreground: color,
      cursor: color,
      cursorAccent: backgroundColor,
      selectionBackground: outlineColor,
    });
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", read);
  const observer = new MutationObserver(read);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  read();
  return () => {
    system.removeEventListener("change", read);
    observer.disconnect();
  };
}
