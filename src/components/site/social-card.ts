import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";
import satori from "satori";

/** What a social card says. */
export interface Card {
  eyebrow: string;
  title: string;
}

/** The size that link previews ask for, in px. */
const SIZE = { width: 1200, height: 630 };
const INK = "#1f1d19";
const FONT = "@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff";
const font = readFile(createRequire(import.meta.url).resolve(FONT));

/** Draws a card. Returns a PNG of 1200x630. */
export async function drawCard({ eyebrow, title }: Card): Promise<Uint8Array<ArrayBuffer>> {
  const svg = await satori(layout(eyebrow, title), {
    ...SIZE,
    fonts: [{ name: "Source Serif 4", data: await font, weight: 600 }],
  });
  return new Uint8Array(new Resvg(svg).render().asPng());
}

/** satori takes React's elements, and plain objects of their shape. */
function layout(eyebrow: string, title: string): Parameters<typeof satori>[0] {
  const box = (style: object, children?: unknown) => ({
    type: "div",
    key: null,
    props: { style: { display: "flex", ...style }, children },
  });
  const page = {
    flexDirection: "column",
    justifyContent: "space-between",
    boxSizing: "border-box",
    ...SIZE,
    padding: "72px 80px",
    background: "#fbfaf6",
    color: INK,
    fontFamily: "Source Serif 4",
  };
  return box(page, [
    box({ flexDirection: "column" }, [
      box({ fontSize: 34, color: "#514c43" }, eyebrow),
      box({ marginTop: 24, fontSize: title.length > 34 ? 72 : 88, lineHeight: 1.08 }, title),
    ]),
    box({ alignItems: "center", fontSize: 36 }, [
      box({ width: 56, height: 40, border: `5px dashed ${INK}`, borderRadius: 9, borderRight: 0 }),
      box({ width: 56, height: 44, borderRadius: 9, background: "#0b5f63", marginRight: 26 }),
      box({}, "Perform Later"),
    ]),
  ]) as Parameters<typeof satori>[0];
}
