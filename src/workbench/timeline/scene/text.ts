/** Text in a drawing has no layout of its own: its width is estimated, on the generous side. */

/** Mean width of a character (px) at the size of the drawing's notes, 12 px. */
const CHARACTER = 6.5;

export const widthOf = (text: string) => text.length * CHARACTER;

/** The first of the texts that fits into so many px; empty where none does. */
export function fitting(px: number, ...texts: string[]): string {
  return texts.find((text) => widthOf(text) + 8 <= px) ?? "";
}

/** The first of the texts of which each line fits into so many px; empty where none does. */
export function fittingLines(px: number, ...texts: string[][]): string[] {
  return texts.find((lines) => lines.every((line) => widthOf(line) <= px)) ?? [];
}

export const cutText = (text: string, px: number): string => {
  const characters = Math.floor(px / CHARACTER);
  return text.length <= characters ? text : `${text.slice(0, Math.max(characters - 1, 0))}…`;
};
