import type { Scene } from "../scene/types.ts";
import type { Frame } from "./frame.ts";

interface Props {
  scene: Scene;
  frame: Frame;
}

/** Time: ticks, and where some of it is left out. */
export function Axis({ scene, frame }: Props) {
  const { vertical, side } = frame;
  return (
    <g>
      {scene.ticks.map(({ a, label }) => {
        const isCovered = !vertical && scene.brackets.some((mark) => isUnderFlag(mark, a));
        const isFirst = a < 20;
        const isLast = a > scene.length - 24;
        return (
          <g key={label}>
            <path class="tl-tick-line" d={frame.line(a, 0, a, scene.across)} />
            {!isCovered && (
              <text
                class="tl-tick"
                x={vertical ? side - 6 : isFirst ? Math.max(a, 3) : Math.min(a, scene.length - 3)}
                y={vertical ? Math.max(a + 4, 11) : 18}
                text-anchor={vertical || isLast ? "end" : isFirst ? "start" : "middle"}
              >
                {label}
              </text>
            )}
          </g>
        );
      })}
      {scene.breaks.map(({ a, size, label }) => (
        <g key={`${a} ${label}`} class="tl-break">
          <rect {...frame.rect({ a0: a, a1: a + size, c0: 0, c1: scene.across })} />
          <path d={zigzag(frame, a + size * 0.3, scene.across)} />
          <path d={zigzag(frame, a + size * 0.7, scene.across)} />
          <text
            x={vertical ? side - 6 : a + size / 2}
            y={vertical ? a + size / 2 + 4 : 18}
            text-anchor={vertical ? "end" : "middle"}
          >
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

/** The flag of a COMMIT or ROLLBACK would leave half of the tick's words. */
function isUnderFlag({ rule, end, a1 }: Scene["brackets"][number], a: number): boolean {
  return rule && end !== null && a > a1 - 24 && a < a1 + (end === "committed" ? 112 : 130);
}

function zigzag(frame: Frame, a: number, across: number): string {
  const steps = Math.ceil(across / 7);
  const points = Array.from({ length: steps + 1 }, (_, index): [number, number] => [
    a + (index % 2 === 0 ? -3 : 3),
    Math.min(index * 7, across),
  ]);
  return frame.path(...points);
}
