import { flagPlace } from "./flag-place.ts";
import type { BracketItem } from "../scene/types.ts";
import type { Frame } from "./frame.ts";
import type { PartProps } from "./Picture.tsx";

/** How far the ends of a bracket reach along time (px). */
const HOOK = 8;

/** Transactions: `[` at BEGIN; `]` at COMMIT; a broken edge with an arrow back at ROLLBACK. */
export function Brackets({ scene, frame, id }: PartProps) {
  return (
    <g>
      {scene.brackets.map((bracket) => {
        const { a0, a1, c0, c1, end } = bracket;
        const hook = Math.min(HOOK, Math.max((a1 - a0) / 2 - 1, 1));
        return (
          <g key={bracket.info.id}>
            <path
              class="tl-begin"
              d={frame.path([a0 + hook, c0], [a0, c0], [a0, c1], [a0 + hook, c1])}
            />
            {end === "committed" && (
              <path
                class="tl-commit"
                d={frame.path([a1 - hook, c0], [a1, c0], [a1, c1], [a1 - hook, c1])}
              />
            )}
            {end === "rolledBack" && (
              <>
                <path
                  class="tl-rollback"
                  d={frame.path([a1 - hook, c0], [a1, c0], [a1, c1], [a1 - hook, c1])}
                />
                {a1 - a0 > 24 && (
                  <path
                    class="tl-undo"
                    d={frame.line(a1 - 2, c1 - 3, a0 + 4, c1 - 3)}
                    marker-end={`url(#${id}-arrow)`}
                  />
                )}
              </>
            )}
            {bracket.savepoints.map((savepoint) => (
              <path
                key={savepoint.a0}
                class={savepoint.rolledBack ? "tl-undo" : "tl-savepoint"}
                d={frame.line(savepoint.a0, c1 - 3, savepoint.a1, c1 - 3)}
              />
            ))}
            {!frame.vertical && (
              <BracketWords bracket={bracket} frame={frame} length={scene.length} />
            )}
            {frame.vertical && bracket.words.begin && bracket.words.roomy && (
              <text
                class="tl-code"
                x={frame.x(a0, c1) + 3}
                y={Math.max(a0, 0) + 15}
                text-anchor="end"
              >
                BEGIN
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

function BracketWords({
  bracket,
  frame,
  length,
}: {
  bracket: BracketItem;
  frame: Frame;
  length: number;
}) {
  const { a0, a1, c0, words } = bracket;
  const y = frame.y(0, c0) + 14;
  const left = Math.max(a0, 0);
  return (
    <>
      {words.begin && (
        <text class="tl-code" x={left + 12} y={y}>
          BEGIN
        </text>
      )}
      {words.cause && (
        <text class="tl-note" x={left + 64} y={y}>
          {words.cause}
        </text>
      )}
      {words.open && (
        <text class="tl-note" x={Math.min(a1, length) - 14} y={y} text-anchor="end">
          {words.open}
        </text>
      )}
    </>
  );
}

/** COMMIT and ROLLBACK through the lanes, with a flag at the axis where there is room for one. */
export function Flags({ scene, frame, nowAt }: PartProps & { nowAt: number | null }) {
  const ruled = scene.brackets.filter(
    ({ rule, end, a1 }) => rule && end !== null && a1 >= 0 && a1 <= scene.length,
  );
  const flagged = withRoom(ruled, frame.vertical ? 30 : 96);
  return (
    <g aria-hidden="true">
      {ruled.map((bracket) => {
        const isCommit = bracket.end === "committed";
        const from = frame.vertical ? 0 : -2;
        return (
          <g key={bracket.info.id} class={isCommit ? "tl-flag commit" : "tl-flag rollback"}>
            <path
              class="tl-rule"
              d={frame.line(bracket.a1, from, bracket.a1, isCommit ? scene.across : bracket.c1)}
            />
            {flagged.has(bracket) && (
              <Flag bracket={bracket} frame={frame} length={scene.length} nowAt={nowAt} />
            )}
          </g>
        );
      })}
    </g>
  );
}

interface FlagProps {
  bracket: BracketItem;
  frame: Frame;
  length: number;
  nowAt: number | null;
}

function Flag({ bracket, frame, length, nowAt }: FlagProps) {
  const isCommit = bracket.end === "committed";
  const word = isCommit ? "COMMIT" : "ROLLBACK";
  const width = word.length * 8.6 + 36;
  const { vertical } = frame;
  const x = vertical
    ? frame.width - width - 8
    : flagPlace({ at: bracket.a1, width, length, nowAt });
  const y = vertical ? Math.min(bracket.a1, length - 20) : 3;
  const mark = isCommit ? `M${x + 9} ${y + 10}l3.5 3.5 6-7` : `M${x + 9} ${y + 6}l8 8m0-8l-8 8`;
  return (
    <>
      <rect x={x} y={y} width={width} height={20} rx={3} />
      <path class="tl-flag-mark" d={mark} />
      <text x={x + 25} y={y + 14.5}>
        {word}
      </text>
    </>
  );
}

/** Those that have so many px to the flag before them; the longest transactions come first. */
function withRoom(brackets: BracketItem[], room: number): Set<BracketItem> {
  const chosen: BracketItem[] = [];
  const byLength = [...brackets].sort((a, b) => b.a1 - b.a0 - (a.a1 - a.a0));
  for (const bracket of byLength) {
    if (chosen.every(({ a1 }) => Math.abs(a1 - bracket.a1) >= room)) chosen.push(bracket);
  }
  return new Set(chosen);
}
