import type { JobFilter, JobState, SandboxQueue } from "../../../sandbox/sandbox.ts";
import { ConfirmButton } from "../../ConfirmButton.tsx";
import { count } from "../../format.ts";
import type { Action } from "../../live/use-action.ts";
import type { Bench } from "../../session/bench.ts";
import type { Board } from "../board.ts";

type Deed = "retry" | "runNow" | "discard";

/** In which states a deed means something. */
const STATES: Record<Deed, readonly JobState[]> = {
  retry: ["failed"],
  runNow: ["scheduled", "blocked"],
  discard: ["scheduled", "ready", "blocked", "failed"],
};
const DONE: Record<Deed, string> = { retry: "retried", runNow: "made ready", discard: "discarded" };

interface Props {
  bench: Bench;
  board: Board;
  action: Action;
  onDone(sentence: string): void;
}

/** What can be done with the selected jobs, or with all that the filter means, in one go. */
export function BulkBar({ bench, board, action, onDone }: Props) {
  const selected = board.selected.value;
  const total = board.stretch.data.value?.total ?? 0;
  const chosen = selected === "all" ? total : selected.size;
  const { state } = board.choice.value;
  const can = (deed: Deed) => state === null || STATES[deed].includes(state as JobState);

  function run(deed: Deed, verb: (queue: SandboxQueue, which: JobFilter) => Promise<number>) {
    const which = selected === "all" ? board.filter() : { ids: [...selected] };
    void action.run(async () => {
      const states = which.states ?? [...STATES[deed]];
      const changed = await verb(bench.sandbox.queue, { ...which, states });
      onDone(`${count(changed, "job")} ${DONE[deed]}.`);
      board.selectAll(false);
      board.stretch.refresh();
      bench.queue.refresh();
    });
  }

  const off = chosen === 0 || action.running;
  return (
    <div class="wb-job-bulk" role="group" aria-label="Selected jobs" data-idle={chosen === 0}>
      <span class="num">
        {chosen === 0
          ? count(total, "job")
          : `${chosen.toLocaleString("en")} of ${total.toLocaleString("en")} selected`}
      </span>
      {can("retry") && (
        <button
          type="button"
          class="wb-btn small"
          disabled={off}
          onClick={() => run("retry", (queue, which) => queue.retry(which))}
        >
          Retry
        </button>
      )}
      {can("runNow") && (
        <button
          type="button"
          class="wb-btn small"
          disabled={off}
          onClick={() => run("runNow", (queue, which) => queue.runNow(which))}
        >
          Run now
        </button>
      )}
      {can("discard") && (
        <ConfirmButton
          class="small"
          question={`Discard ${count(chosen, "job")}?`}
          confirm="Discard"
          disabled={off}
          onConfirm={() => run("discard", (queue, which) => queue.discard(which))}
        >
          Discard
        </ConfirmButton>
      )}
    </div>
  );
}
