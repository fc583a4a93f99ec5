import type { JobState } from "../../../sandbox/sandbox.ts";
import type { Action } from "../../live/use-action.ts";
import type { Bench } from "../../session/bench.ts";
import { StateMark } from "../../states/StateMark.tsx";
import type { Board, Place, StateChoice } from "../board.ts";
import { Queues } from "./Queues.tsx";

const STATES: readonly StateChoice[] = [
  "scheduled",
  "ready",
  "claimed",
  "blocked",
  "failed",
  "finished",
  "discarded",
];

const PLACES: { place: Place; label: string }[] = [
  { place: "recurring", label: "Recurring tasks" },
  { place: "limits", label: "Concurrency limits" },
  { place: "times", label: "Run times" },
];

interface Props {
  bench: Bench;
  board: Board;
  action: Action;
}

/** States with live counts, queues, and what else the queue keeps. */
export function Side({ bench, board, action }: Props) {
  const { place, state } = board.choice.value;
  const stretch = board.stretch.data.value;
  const counts = stretch?.counts;
  const all = counts ? Object.values(counts).reduce((sum, n) => sum + n, 0) : 0;
  const numberOf = (choice: StateChoice) => {
    if (choice === null) return all;
    if (choice === "discarded") return stretch?.discarded ?? 0;
    return counts?.[choice satisfies JobState] ?? 0;
  };
  const item = (choice: StateChoice) => (
    <li key={choice ?? "all"}>
      <button
        type="button"
        class="wb-side-item"
        aria-current={place === "jobs" && state === choice ? "true" : undefined}
        onClick={() => {
          board.open.value = null;
          board.choose({ place: "jobs", state: choice, grouped: choice === "failed" });
        }}
      >
        {choice === null ? "all" : <StateMark state={choice} />}
        <span class="num">{numberOf(choice).toLocaleString("en")}</span>
      </button>
    </li>
  );
  return (
    <nav class="wb-side wb-scroll" aria-label="The queue">
      <h3>State</h3>
      <ul>{[null, ...STATES].map(item)}</ul>
      <h3>Queues</h3>
      <Queues bench={bench} board={board} action={action} />
      <h3>More</h3>
      <ul>
        {PLACES.map(({ place: name, label }) => (
          <li key={name}>
            <button
              type="button"
              class="wb-side-item"
              aria-current={place === name ? "true" : undefined}
              onClick={() => {
                board.open.value = null;
                board.choose({ place: name });
              }}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
