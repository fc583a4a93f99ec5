/** Names the colours of a picture, for tags such as "blue", "warm", "dark". */

export interface ColorShare {
  name: string;
  /** Part of the picture, 0 to 1. */
  share: number;
}

export interface ColorSummary {
  /** Colours that cover a good part of the picture, largest first. */
  colors: ColorShare[];
  /** The colours' names, then words for the whole: warm or cool, dark or bright. */
  tags: string[];
}

const SMALLEST_SHARE = 0.12;
const MOST_COLORS = 3;

/** Upper end of each hue in degrees. Red ends the circle as it starts it. */
const HUES: readonly (readonly [number, string])[] = [
  [15, "red"],
  [42, "orange"],
  [68, "yellow"],
  [165, "green"],
  [195, "turquoise"],
  [255, "blue"],
  [290, "purple"],
  [340, "pink"],
  [360, "red"],
];
const WARM = new Set(["red", "orange", "yellow", "brown", "pink"]);
const COOL = new Set(["green", "turquoise", "blue", "purple"]);

/** @param rgba red, green, blue and alpha of each pixel; a few thousand pixels are enough */
export function summarizeColors(rgba: Uint8Array): ColorSummary {
  const weights = new Map<string, number>();
  let total = 0;
  let lightness = 0;
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3]! / 255;
    const hsl = toHsl(rgba[i]!, rgba[i + 1]!, rgba[i + 2]!);
    const name = nameOf(hsl);
    weights.set(name, (weights.get(name) ?? 0) + alpha);
    lightness += hsl.lightness * alpha;
    total += alpha;
  }
  if (total === 0) return { colors: [], tags: ["transparent"] };

  const shares = [...weights].map(([name, weight]) => ({ name, share: weight / total }));
  shares.sort((a, b) => b.share - a.share);
  const colors = shares.filter(({ share }) => share >= SMALLEST_SHARE).slice(0, MOST_COLORS);
  return {
    colors,
    tags: [...colors.map(({ name }) => name), ...moodOf(shares, lightness / total)],
  };
}

function moodOf(shares: ColorShare[], lightness: number): string[] {
  const sum = (names: Set<string>) =>
    shares.reduce((all, { name, share }) => all + (names.has(name) ? share : 0), 0);
  const warmth = sum(WARM) - sum(COOL);
  const mood: string[] = [];
  if (warmth > 0.25) mood.push("warm");
  if (warmth < -0.25) mood.push("cool");
  if (lightness < 0.3) mood.push("dark");
  if (lightness > 0.7) mood.push("bright");
  return mood;
}

interface Hsl {
  /** Degrees. */
  hue: number;
  /** 0 to 1. */
  saturation: number;
  lightness: number;
}

function nameOf({ hue, saturation, lightness }: Hsl): string {
  if (lightness < 0.1) return "black";
  if (lightness > 0.93) return "white";
  if (saturation < 0.14) return "gray";
  const name = HUES.find(([end]) => hue <= end)![1];
  return name === "orange" && lightness < 0.4 ? "brown" : name;
}

function toHsl(red: number, green: number, blue: number): Hsl {
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  const lightness = (max + min) / 510;
  const span = (max - min) / 255;
  if (span === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = span / (1 - Math.abs(2 * lightness - 1));
  return { hue: hueOf(red, green, blue, max, max - min), saturation, lightness };
}

function hueOf(red: number, green: number, blue: number, max: number, span: number): number {
  if (max === red) return (60 * ((green - blue) / span) + 360) % 360;
  if (max === green) return 60 * ((blue - red) / span) + 120;
  return 60 * ((red - green) / span) + 240;
}
