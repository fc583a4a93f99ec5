import type { JSX } from "preact";
import type { JobState } from "../../sandbox/sandbox.ts";

/** A state's shape; its colour and word stand in `workbench.css` and `StateMark`. */
const SHAPES: Record<JobState, JSX.Element> = {
  scheduled: (
    <g fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round">
      <circle cx="8" cy="8" r="6.1" />
      <path d="M8 4.6V8l2.4 1.7" />
    </g>
  ),
  ready: <circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" stroke-width="2" />,
  claimed: <path d="M4 2.4v11.2L13.6 8z" fill="currentColor" stroke="currentColor" />,
  blocked: (
    <g stroke="currentColor">
      <rect x="2.3" y="2.3" width="11.4" height="11.4" rx="1.8" fill="none" stroke-width="1.6" />
      <path d="M5 8h6" stroke-width="2.2" />
    </g>
  ),
  failed: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path d="M5.5 5.5l5 5m0-5l-5 5" stroke="var(--on-failed)" stroke-width="1.8" />
    </>
  ),
  finished: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path
        d="M4.8 8.2l2.3 2.3 4.2-4.8"
        fill="none"
        stroke="var(--on-finished)"
        stroke-width="1.8"
      />
    </>
  ),
};

const COLOURS: Record<JobState, string> = {
  scheduled: "scheduled",
  ready: "ready",
  claimed: "running",
  blocked: "blocked",
  failed: "failed",
  finished: "finished",
};

/** A job's state: shape, then word, then colour. */
export function StateMark({ state }: { state: JobState }) {
  return (
    <span class={`wb-state ${COLOURS[state]}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        {SHAPES[state]}
      </svg>
      {state}
    </span>
  );
}
