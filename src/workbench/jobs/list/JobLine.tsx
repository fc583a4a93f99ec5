import type { JobRow } from "../../../sandbox/sandbox.ts";
import type { Attempt } from "../../attempts/attempts.ts";
import { clockTime } from "../../format.ts";
import type { State } from "../../states/states.ts";
import { StateMark } from "../../states/StateMark.tsx";
import { argumentsOf } from "../arguments.ts";

/** What the mark of a row says: its state in the queue, and what the events know beyond it. */
export function markOf(row: JobRow, attempt: Attempt | undefined): State {
  if (row.state === "claimed" && attempt?.outcome === null) return "running";
  if (row.state !== "finished") return row.state;
  return attempt?.outcome === "retried" || attempt?.outcome === "discarded"
    ? attempt.outcome
    : "finished";
}

/** The time that matters most in the row's state, and its name. */
export function timeOf(row: JobRow): { at: number; what: string } {
  if (row.failedAt !== null) return { at: row.failedAt, what: "failed" };
  if (row.finishedAt !== null) return { at: row.finishedAt, what: "finished" };
  if (row.state === "scheduled" && row.scheduledAt !== null)
    return { at: row.scheduledAt, what: "due" };
  if (row.state === "blocked" && row.blockedUntil !== null)
    return { at: row.blockedUntil, what: "until" };
  if (row.claimedAt !== null) return { at: row.claimedAt, what: "claimed" };
  return { at: row.enqueuedAt, what: "enqueued" };
}

/** What tells a job from others of its class: the key that it waits for, its arguments, which run it is. */
export function detailOf(row: JobRow): string {
  const parts = [
    row.state === "blocked" && row.concurrencyKey !== null && `key ${row.concurrencyKey}`,
    argumentsOf(row),
    row.executions > 0 && `run ${row.executions + 1}`,
  ];
  return parts.filter(Boolean).join(", ");
}

interface Props {
  row: JobRow;
  attempt: Attempt | undefined;
  index: number;
  top: number;
  open: boolean;
  selected: boolean;
  /** All are selected: this one cannot be taken out alone. */
  locked: boolean;
  onOpen(): void;
  onSelect(on: boolean): void;
}

/** One row of the queue in the list. */
export function JobLine(props: Props) {
  const { row, attempt, open, selected } = props;
  const { at, what } = timeOf(row);
  return (
    <div
      class="wb-job"
      role="row"
      aria-rowindex={props.index + 2}
      data-job={row.id}
      data-state={row.state}
      data-open={open}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={props.onOpen}
    >
      <span role="cell">
        <input
          type="checkbox"
          aria-label={`Select ${row.className} ${row.id}`}
          checked={selected}
          disabled={props.locked}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => props.onSelect(event.currentTarget.checked)}
        />
      </span>
      <span role="cell">
        <StateMark state={markOf(row, attempt)} />
      </span>
      <span role="cell" class="wb-job-name">
        <button
          type="button"
          class="wb-job-link"
          data-line={props.index}
          aria-current={open ? "true" : undefined}
          onClick={(event) => {
            event.stopPropagation();
            props.onOpen();
          }}
        >
          {row.className}
        </button>
        <small>{detailOf(row)}</small>
      </span>
      <span role="cell" class="wb-job-queue">
        {row.queueName}
      </span>
      <span role="cell" class="wb-job-time num">
        <span class="wb-job-what">{what} </span>
        {clockTime(at, false)}
      </span>
    </div>
  );
}
