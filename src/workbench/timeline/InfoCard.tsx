import type { Bench } from "../session/bench.ts";
import { HEAD, SIDE } from "./draw/frame.ts";
import type { PlacedMark } from "./draw/Picture.tsx";

interface Props {
  mark: PlacedMark;
  vertical: boolean;
  /** Room that the drawing has, in px. */
  size: { width: number; height: number };
  /** It stays, and has the ways to where the mark leads. */
  pinned: boolean;
  bench: Bench;
  onClose(): void;
}

/** Its width, and its height without the lines (px). */
const WIDTH = 260;
const HEIGHT = 84;

/** What a mark says, beside it. Keyboards and fingers pin it; a mouse only passes over. */
export function InfoCard({ mark, vertical, size, pinned, bench, onClose }: Props) {
  const { title, lines, activeJobId, location } = mark.info;
  return (
    <div
      class="tl-card"
      data-pinned={pinned}
      style={placeOf(mark, vertical, size)}
      role="group"
      aria-label={title}
    >
      <p class="tl-card-title">
        {title}
        {pinned && (
          <button type="button" class="wb-icon-btn" aria-label="Close" onClick={onClose}>
            ×
          </button>
        )}
      </p>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {pinned && (activeJobId !== null || location) && (
        <p class="wb-actions">
          {activeJobId !== null && (
            <button type="button" class="wb-btn small" onClick={() => bench.showJob(activeJobId)}>
              Show in Jobs
            </button>
          )}
          {location && (
            <button type="button" class="wb-btn small" onClick={() => bench.showInEditor(location)}>
              {location.path.split("/").at(-1)}:{location.line}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

/** Below the mark, above it, or beside it: where there is room for all of the card. */
function placeOf(mark: PlacedMark, vertical: boolean, { width, height }: Props["size"]) {
  const { a0, a1, c0, c1, info } = mark;
  const box = vertical
    ? { x0: SIDE.tall + c0, x1: SIDE.tall + c1, y0: HEAD.tall + a0, y1: HEAD.tall + a1 }
    : {
        x0: HEAD.wide + Math.max(a0, 0),
        x1: HEAD.wide + a1,
        y0: SIDE.wide + c0,
        y1: SIDE.wide + c1,
      };
  const tall = HEIGHT + info.lines.reduce((sum, line) => sum + Math.ceil(line.length / 42) * 18, 0);
  const left = Math.min(Math.max(box.x0, 4), Math.max(width - WIDTH - 8, 4));
  if (box.y1 + 8 + tall < height) return { left: `${left}px`, top: `${box.y1 + 8}px` };
  if (box.y0 - 8 - tall > 0) return { left: `${left}px`, top: `${box.y0 - 8 - tall}px` };
  const top = `${Math.max(height - tall - 4, 4)}px`;
  const right = box.x1 + 16 + WIDTH < width;
  return { left: `${right ? box.x1 + 16 : Math.max(box.x0 - WIDTH - 16, 4)}px`, top };
}
