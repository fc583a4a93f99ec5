import { widthOf } from "../scene/text.ts";
import type { PartProps } from "./Picture.tsx";

/** Kills, signals, prunes and what the scheduler enqueued; heartbeats as ticks. */
export function Moments({ scene, frame }: PartProps) {
  return (
    <g>
      <g class="tl-beats" aria-hidden="true">
        {scene.beats.map(({ a, c }) => (
          <path key={`${a} ${c}`} d={frame.line(a, c - 4, a, c + 4)} />
        ))}
      </g>
      {scene.moments.map(({ info, a, c0, c1, kind, label }) => {
        const short = kind === "killed" ? "KILL" : label;
        const width = widthOf(short) + 12;
        const x = frame.vertical ? frame.x(a, c0) + 44 : Math.min(a + 5, scene.length - width);
        const y = frame.vertical ? a - 19 : frame.y(a, c0) + 2;
        const isThin = c1 - c0 < 30;
        return (
          <g key={info.id} class={`tl-moment ${kind}`}>
            <path class="tl-moment-line" d={frame.line(a, c0, a, c1)} />
            <rect class="tl-moment-plate" x={x} y={y} width={width} height={17} rx={2} />
            <text class="tl-moment-word" x={x + 6} y={y + (isThin ? 13 : 12.5)}>
              {short}
            </text>
          </g>
        );
      })}
    </g>
  );
}
