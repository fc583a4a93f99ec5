import type { ComponentChildren } from "preact";
import { SHAPES } from "./shapes.tsx";
import { STATES, type State } from "./states.ts";
import "./states.css";

/** The shape alone, in its colour, where the word stands beside it or in the name of the control. */
export function StateIcon({ state, size = 14 }: { state: State; size?: number }) {
  return (
    <svg
      class={`wb-state-icon ${STATES[state].colour}`}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
    >
      {SHAPES[state]}
    </svg>
  );
}

interface Props {
  state: State;
  /** In place of the state's word. */
  children?: ComponentChildren;
}

/** A state: shape, then word, then colour. */
export function StateMark({ state, children }: Props) {
  const { word, colour } = STATES[state];
  return (
    <span class={`wb-state ${colour}`}>
      <StateIcon state={state} />
      {children ?? word}
    </span>
  );
}
