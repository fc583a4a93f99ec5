import type { Signal } from "@preact/signals";
import { clockTime } from "../format.ts";
import type { Follow, TimelineView } from "./view/view.ts";

interface Props {
  view: TimelineView;
  asOf: Signal<number | null>;
  asTable: boolean;
  onTable(): void;
}

const FOLLOWS: { follow: Follow; label: string; name: string }[] = [
  { follow: "run", label: "Latest run", name: "Fit the latest run, and each that follows" },
  { follow: "live", label: "Live", name: "Move with time" },
  { follow: "none", label: "Pause", name: "Keep this part of time" },
];

/** What the window follows, how near it is, and the way back from the past. */
export function Controls({ view, asOf, asTable, onTable }: Props) {
  const { follow } = view;
  const past = asOf.value;
  return (
    <div class="tl-controls">
      {past !== null && (
        <button type="button" class="wb-btn small" onClick={() => (asOf.value = null)}>
          Back to now from {clockTime(past)}
        </button>
      )}
      <div class="tl-group" role="group" aria-label="What to follow">
        {FOLLOWS.map(({ follow: own, label, name }) => (
          <button
            key={own}
            type="button"
            class="wb-btn small"
            title={name}
            aria-pressed={follow.value === own}
            onClick={() => (own === "none" ? view.pan(0) : ((follow.value = own), undefined))}
          >
            {label}
          </button>
        ))}
      </div>
      <div class="tl-group" role="group" aria-label="Zoom">
        <button
          type="button"
          class="wb-btn small"
          aria-label="Zoom out"
          title="Zoom out (-)"
          onClick={() => view.zoom(1.6)}
        >
          −
        </button>
        <button
          type="button"
          class="wb-btn small"
          aria-label="Zoom in"
          title="Zoom in (+)"
          onClick={() => view.zoom(1 / 1.6)}
        >
          +
        </button>
      </div>
      <button type="button" class="wb-btn small" aria-pressed={asTable} onClick={onTable}>
        Table
      </button>
    </div>
  );
}
