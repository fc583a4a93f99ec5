import type { Scene } from "../scene/types.ts";
import { widthOf } from "../scene/text.ts";
import type { Frame } from "./frame.ts";

interface Props {
  scene: Scene;
  frame: Frame;
}

/** A tall lane is named near its upper edge (px below it): its middle may lie out of sight. */
const DEEPEST = 22;

/** The names of the lanes, beside the drawing or above it. */
export function LaneHeads({ scene, frame }: Props) {
  const { vertical, head, side } = frame;
  return (
    <g>
      {scene.lanes.map(({ lane, name, detail, c0, c1 }) => {
        const isThin = c1 - c0 < 34;
        const isNarrow = vertical && c1 - c0 < 64;
        const x = vertical ? side + c0 + (isNarrow ? 4 : 8) : 14;
        const middle = Math.min((c0 + c1) / 2, c0 + DEEPEST);
        const y = vertical ? 16 : side + middle + (isThin ? 4 : -2);
        return (
          <g key={lane.id}>
            <text x={x} y={y} class={isNarrow ? "tl-lane narrow" : "tl-lane"}>
              {name}
            </text>
            {(vertical ? widthOf(detail) < c1 - c0 : !isThin) && (
              <text x={x} y={y + (vertical ? 13 : 15)} class="tl-sub">
                {detail}
              </text>
            )}
          </g>
        );
      })}
      <path
        class="tl-edge"
        d={vertical ? `M0 ${head}H${frame.width}` : `M${head} ${side}V${frame.height}`}
      />
      {scene.lanes.map(({ lane, c0 }) => (
        <path
          key={lane.id}
          class="tl-edge"
          d={vertical ? `M${side + c0} 6V${head}` : `M0 ${side + c0}H${head}`}
        />
      ))}
    </g>
  );
}

/** What lies under the marks: the lanes' edges, the time before each COMMIT, where a process is not. */
export function LaneGround({ scene, frame }: Props) {
  return (
    <g>
      {scene.tints.map((tint, index) => (
        <rect key={index} class="tl-tint" {...frame.rect(tint)} />
      ))}
      {scene.lanes.map(({ lane, c0, c1, startsAt, endsAt, note }) => (
        <g key={lane.id}>
          <path class="tl-edge" d={frame.line(0, c0, scene.length, c0)} />
          {note && (
            <text class="tl-note" x={frame.x(8, c0 + 6)} y={frame.y(8, c1) - 4}>
              {note}
            </text>
          )}
          {startsAt !== null && startsAt > 0 && (
            <rect class="tl-absent" {...frame.rect({ a0: 0, a1: startsAt, c0: c0 + 1, c1 })} />
          )}
          {endsAt !== null && (
            <rect
              class="tl-absent"
              {...frame.rect({ a0: Math.max(endsAt, 0), a1: scene.length, c0: c0 + 1, c1 })}
            />
          )}
        </g>
      ))}
    </g>
  );
}
