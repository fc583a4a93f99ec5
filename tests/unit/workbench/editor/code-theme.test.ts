import { expect, test } from "vitest";
import { darkCodeTheme, lightCodeTheme } from "../../../../src/theme/code-theme.ts";

const BACKGROUNDS = [
  "editor.background",
  "editor.selectionBackground",
  "diffEditor.removedLineBackground",
  "diffEditor.removedTextBackground",
  "diffEditor.insertedLineBackground",
  "diffEditor.insertedTextBackground",
] as const;

/** Relative luminance as WCAG 2.2 defines it, of a colour written as `#rrggbb`. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each([lightCodeTheme, darkCodeTheme])("$name can be read, also in a comparison", (theme) => {
  const inks = [
    theme.colors["editor.foreground"],
    ...theme.tokenColors.map(({ settings }) => settings.foreground),
  ];
  const faint = BACKGROUNDS.flatMap((name) =>
    inks
      .filter((ink) => contrast(ink, theme.colors[name]) < 4.5)
      .map((ink) => `${ink} on ${name} ${theme.colors[name]}`),
  );
  expect(faint).toEqual([]);
});
