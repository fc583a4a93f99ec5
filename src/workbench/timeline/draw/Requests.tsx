import type { PartProps } from "./Picture.tsx";
import { tornEdge } from "./torn.ts";

/** What the web process answers. */
export function Requests({ scene, frame }: PartProps) {
  return (
    <g>
      {scene.bars.map((bar) => {
        const { x, y, width, height } = frame.rect(bar);
        const middle = { x: x + width / 2, y: y + height / 2 };
        return (
          <g key={bar.info.id}>
            {bar.torn ? (
              <path class="tl-run" d={tornEdge(frame, bar)} />
            ) : (
              <rect class="tl-run" x={x} y={y} width={width} height={height} />
            )}
            {bar.failed && (
              <rect class="tl-bad" {...frame.rect({ ...bar, a0: Math.max(bar.a1 - 5, bar.a0) })} />
            )}
            {frame.vertical ? (
              <text
                class="tl-strong on-run"
                text-anchor="middle"
                transform={`translate(${middle.x + 4.5} ${middle.y}) rotate(-90)`}
              >
                {bar.label}
              </text>
            ) : (
              <text class="tl-strong on-run" x={Math.max(x, 0) + 8} y={middle.y + 4.5}>
                {bar.label}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
