import { BESIDE } from "../scene/bands.ts";
import { widthOf } from "../scene/text.ts";
import type { PartProps } from "./Picture.tsx";

/** Rows in the database's lane: hatched while only one process can see them, solid once all can. */
export function Bands({ scene, frame, id }: PartProps) {
  const { vertical } = frame;
  return (
    <g>
      {scene.bands.map((band) => {
        const before = frame.rect({ ...band, a1: band.turnsAt });
        const after = frame.rect({ ...band, a0: band.turnsAt });
        const visible = Math.min(band.turnsAt, scene.length) - Math.max(band.a0, 0);
        const labelAt = Math.max(band.a0, 0) + visible / 2;
        const width = widthOf(band.before) + 12;
        return (
          <g key={band.info.id}>
            <rect class="tl-hidden-rows" fill={`url(#${id}-hatch)`} {...before} />
            {band.end === "committed" && <rect class="tl-seen-rows" {...after} />}
            {band.before && (
              <>
                <rect
                  class="tl-plate"
                  x={labelAt - width / 2}
                  y={before.y + 3}
                  width={width}
                  height={before.height - 6}
                  rx={2}
                />
                <text class="tl-note ink" x={labelAt} y={before.y + 16} text-anchor="middle">
                  {band.before}
                </text>
              </>
            )}
            {band.after && (
              <text class="tl-note seen" x={after.x + Math.max(-after.x, 0) + 10} y={after.y + 16}>
                {band.after}
              </text>
            )}
            {vertical && !scene.bands.some((other) => isBeside(other, band)) && (
              <TurnedWords band={band} x={before.x + before.width + BESIDE} length={scene.length} />
            )}
          </g>
        );
      })}
    </g>
  );
}

type Band = PartProps["scene"]["bands"][number];

/** It lies to the right at the same time, where the words of the band would stand. */
function isBeside(other: Band, band: Band): boolean {
  return other.c0 > band.c0 && other.a0 < band.a1 && other.a1 > band.a0;
}

interface TurnedProps {
  band: Band;
  x: number;
  length: number;
}

/** On a phone the words stand to the right of the band, one below the other. */
function TurnedWords({ band, x, length }: TurnedProps) {
  const end = Math.min(band.turnsAt, length);
  const middle = Math.max(end - 42, (Math.max(band.a0, 0) + end) / 2);
  return (
    <>
      {band.turnsAt - band.a0 > 50 &&
        band.beside.before.map((word, index) => (
          <text key={word} class="tl-note ink" x={x} y={middle - 10 + index * 14}>
            {word}
          </text>
        ))}
      {band.end === "committed" &&
        band.beside.after.map((word, index) => (
          <text key={word} class="tl-note seen" x={x} y={band.turnsAt + 34 + index * 14}>
            {word}
          </text>
        ))}
    </>
  );
}
