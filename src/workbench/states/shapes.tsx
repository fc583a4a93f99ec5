import type { JSX } from "preact";
import type { State } from "./states.ts";

const TRIANGLE = "M4 2.4v11.2L13.6 8z";

/** Each state's shape on a grid of 16 by 16, in `currentColor`; to be put into an `<svg>`. */
export const SHAPES: Record<State, JSX.Element> = {
  scheduled: (
    <g fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round">
      <circle cx="8" cy="8" r="6.1" />
      <path d="M8 4.6V8l2.4 1.7" stroke-linejoin="round" />
    </g>
  ),
  ready: <circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" stroke-width="2" />,
  claimed: <path d={TRIANGLE} fill="none" stroke="currentColor" stroke-width="1.6" />,
  running: <path d={TRIANGLE} fill="currentColor" stroke="currentColor" />,
  blocked: (
    <g stroke="currentColor">
      <rect x="2.3" y="2.3" width="11.4" height="11.4" rx="1.8" fill="none" stroke-width="1.6" />
      <path d="M5 8h6" stroke-width="2.2" />
    </g>
  ),
  failed: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path
        d="M5.5 5.5l5 5m0-5l-5 5"
        stroke="var(--on-failed)"
        stroke-width="1.8"
        stroke-linecap="round"
      />
    </>
  ),
  retried: (
    <path
      d="M3.5 3.5l9 9m0-9l-9 9"
      stroke="currentColor"
      stroke-width="2.2"
      stroke-linecap="round"
    />
  ),
  finished: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path
        d="M4.8 8.2l2.3 2.3 4.2-4.8"
        fill="none"
        stroke="var(--on-finished)"
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </>
  ),
  discarded: (
    <g fill="none" stroke="currentColor" stroke-width="1.6">
      <circle cx="8" cy="8" r="6" stroke-dasharray="2.6 2.1" />
      <path d="M4 12l8-8" stroke-linecap="round" />
    </g>
  ),
  paused: <path d="M4 2.5h3v11H4zM9 2.5h3v11H9z" fill="currentColor" />,
};
