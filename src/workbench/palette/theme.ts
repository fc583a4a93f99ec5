/** The key under which the site keeps the choice (Starlight's theme provider). */
const KEY = "starlight-theme";

interface ThemeProvider {
  updatePickers(theme: string): void;
}

/** Chooses the site's theme as its own switch does; Monaco follows by itself. */
export function setTheme(theme: "light" | "dark" | "auto"): void {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const shown = theme === "auto" ? (dark ? "dark" : "light") : theme;
  document.documentElement.dataset["theme"] = shown;
  try {
    localStorage.setItem(KEY, theme === "auto" ? "" : theme);
  } catch {
    // The choice lasts as long as the page.
  }
  const { StarlightThemeProvider } = globalThis as { StarlightThemeProvider?: ThemeProvider };
  StarlightThemeProvider?.updatePickers(theme);
}
