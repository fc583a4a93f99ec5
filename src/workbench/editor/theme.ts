import { darkCodeTheme, lightCodeTheme } from "../../theme/code-theme.ts";

/** The name of the code theme that fits the page now. */
export function currentThemeName(): string {
  const dark = document.documentElement.dataset["theme"] === "dark";
  return (dark ? darkCodeTheme : lightCodeTheme).name;
}

/** Calls back whenever the page changes between light and dark. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
