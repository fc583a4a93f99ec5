import { useRef } from "preact/hooks";
import "./separator.css";

/** An arrow key moves the edge by so many px; with Shift by four times as many. */
const STEP = 16;

interface Props {
  /** Of the line itself: a horizontal one divides what is above from what is below. */
  orientation: "horizontal" | "vertical";
  /** Names what is resized. */
  label: string;
  /** The id of the element that is resized. */
  controls: string;
  /** Its size now, in percent of what it could have. */
  percent: number;
  /** The resized element lies after the line (it grows when the line moves to the start) or before it. */
  growsTowards: "start" | "end";
  /** Moves the line by px; to the end is positive. */
  onMove(by: number): void;
  /** Enter: folds the element away. */
  onToggle?(): void;
  /** Double click. */
  onReset(): void;
}

/** How far a key moves the line, in px; null for other keys. */
export function moveOfKey(
  event: Pick<KeyboardEvent, "key" | "shiftKey">,
  orientation: Props["orientation"],
  growsTowards: Props["growsTowards"],
): number | null {
  const [back, forth] =
    orientation === "horizontal" ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  const step = event.shiftKey ? 4 * STEP : STEP;
  const toEnd = 10_000;
  if (event.key === back) return -step;
  if (event.key === forth) return step;
  if (event.key === "Home") return growsTowards === "start" ? toEnd : -toEnd;
  if (event.key === "End") return growsTowards === "start" ? -toEnd : toEnd;
  return null;
}

/** A line between two places that can be moved by pointer and keyboard (ARIA's window splitter). */
export function Separator(props: Props) {
  const { orientation, label, controls, percent, growsTowards, onMove, onToggle, onReset } = props;
  const last = useRef<number | null>(null);
  const place = (event: PointerEvent) =>
    orientation === "horizontal" ? event.clientY : event.clientX;

  function onKeyDown(event: KeyboardEvent) {
    const by = moveOfKey(event, orientation, growsTowards);
    if (by !== null) onMove(by);
    else if (event.key === "Enter" && onToggle) onToggle();
    else return;
    event.preventDefault();
  }

  return (
    <div
      class="wb-separator"
      role="separator"
      tabIndex={0}
      aria-orientation={orientation}
      aria-label={label}
      aria-controls={controls}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      onKeyDown={onKeyDown}
      onDblClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = place(event);
      }}
      onPointerMove={(event) => {
        if (last.current === null) return;
        const by = place(event) - last.current;
        last.current = place(event);
        if (by !== 0) onMove(by);
      }}
      onLostPointerCapture={() => (last.current = null)}
    />
  );
}
