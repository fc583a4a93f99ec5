import { ConfirmButton } from "../../ConfirmButton.tsx";
import { count } from "../../format.ts";
import { Icon } from "../../Icon.tsx";
import type { Action } from "../../live/use-action.ts";
import type { Bench } from "../../session/bench.ts";
import { canHaveEnded, type Board } from "../board.ts";
import { EndedFilter } from "./EndedFilter.tsx";

interface Props {
  bench: Bench;
  board: Board;
  action: Action;
}

/** Search and filters above the list. */
export function Toolbar({ bench, board, action }: Props) {
  const { search, className, queueName, ended, recurringTask, grouped, state } = board.choice.value;
  const overview = bench.queue.data.value;
  return (
    <div class="wb-job-tools" role="search" aria-label="Jobs">
      <input
        class="wb-input"
        type="search"
        aria-label="Search jobs"
        placeholder="Class, argument or error"
        value={search}
        onInput={(event) => board.choose({ search: event.currentTarget.value })}
      />
      <Select
        label="Class"
        all="all classes"
        value={className}
        names={overview?.classNames ?? []}
        onChange={(name) => board.choose({ className: name })}
      />
      <Select
        label="Queue"
        all="all queues"
        value={queueName}
        names={overview?.queues.map(({ name }) => name) ?? []}
        onChange={(name) => board.choose({ queueName: name })}
      />
      {canHaveEnded(state) && (
        <EndedFilter
          ended={ended}
          clock={bench.sandbox.clock}
          onChange={(period) => board.choose({ ended: period })}
        />
      )}
      {recurringTask !== null && (
        <button
          type="button"
          class="wb-btn"
          aria-pressed="true"
          onClick={() => board.choose({ recurringTask: null })}
        >
          <Icon name="close" />
          of task {recurringTask}
        </button>
      )}
      {state === "failed" && (
        <button
          type="button"
          class="wb-btn"
          aria-pressed={grouped}
          onClick={() => board.choose({ grouped: !grouped })}
        >
          Group by error
        </button>
      )}
      {queueName !== null && (
        <ClearQueue name={queueName} bench={bench} board={board} action={action} />
      )}
    </div>
  );
}

function ClearQueue({ name, bench, board, action }: Props & { name: string }) {
  const size = bench.queue.data.value?.queues.find((queue) => queue.name === name)?.size ?? 0;
  return (
    <ConfirmButton
      question={`Discard the ${count(size, "ready job")} in ${name}?`}
      confirm="Discard"
      disabled={size === 0 || action.running}
      onConfirm={() =>
        void action.run(async () => {
          await bench.sandbox.queue.discard({ states: ["ready"], queueName: name });
          bench.queue.refresh();
          board.stretch.refresh();
        })
      }
    >
      Clear queue
    </ConfirmButton>
  );
}

interface SelectProps {
  label: string;
  all: string;
  value: string | null;
  names: string[];
  onChange(name: string | null): void;
}

function Select({ label, all, value, names, onChange }: SelectProps) {
  // A queue goes with its last job, and is chosen all the same.
  const offered = value === null || names.includes(value) ? names : [...names, value];
  return (
    <select
      class="wb-select"
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    >
      <option value="">{all}</option>
      {offered.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}
