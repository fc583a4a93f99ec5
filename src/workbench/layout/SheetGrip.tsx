import { useRef } from "preact/hooks";
import type { Layout } from "./layout.ts";
import type { SheetHeight } from "./saved-layout.ts";

const HEIGHTS: SheetHeight[] = ["dock", "half", "full"];
const WORDS: Record<SheetHeight, string> = {
  dock: "folded",
  half: "half open",
  full: "over the whole text",
};
/** A finger that moved less than this has pressed, not pulled; in px. */
const PRESS = 12;

/** The next height in a direction; the last one stays. */
export function heightAfter(height: SheetHeight, step: 1 | -1): SheetHeight {
  const at = HEIGHTS.indexOf(height) + step;
  return HEIGHTS[Math.min(Math.max(at, 0), HEIGHTS.length - 1)] ?? height;
}

/** The grip of the sheet on a narrow screen: pull it, press it, or use the arrow keys. */
export function SheetGrip({ layout }: { layout: Layout }) {
  const { sheet } = layout.state.value;
  const from = useRef<number | null>(null);
  const step = (by: 1 | -1) => layout.setSheet(heightAfter(sheet, by));
  return (
    <button
      type="button"
      class="wb-grip"
      aria-label={`Workbench: ${WORDS[sheet]}. ${sheet === "full" ? "Fold it" : "Open it further"}`}
      onPointerDown={(event) => {
        from.current = event.clientY;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerUp={(event) => {
        const moved = from.current === null ? 0 : event.clientY - from.current;
        from.current = null;
        if (Math.abs(moved) >= PRESS) step(moved < 0 ? 1 : -1);
        else layout.setSheet(sheet === "full" ? "dock" : heightAfter(sheet, 1));
      }}
      onClick={(event) => {
        // Pointers were handled above; this is Enter, Space or a screen reader.
        if (event.detail === 0) layout.setSheet(sheet === "full" ? "dock" : heightAfter(sheet, 1));
      }}
      onKeyDown={(event) => {
        if (event.key === "ArrowUp") step(1);
        else if (event.key === "ArrowDown") step(-1);
        else return;
        event.preventDefault();
      }}
    />
  );
}
