import type { JobRow, SandboxQueue } from "../../../sandbox/sandbox.ts";
import { ConfirmButton } from "../../ConfirmButton.tsx";
import type { Action } from "../../live/use-action.ts";

interface Props {
  row: JobRow;
  queue: SandboxQueue;
  action: Action;
  onAct(): void;
  onDone(): void;
}

/** What can be done with one job in its state. */
export function JobActions({ row, queue, action, onAct, onDone }: Props) {
  const run = (work: () => Promise<number>) => () => {
    onAct();
    void action.run(async () => {
      await work().finally(onDone);
    });
  };
  const waits = row.state === "scheduled" || row.state === "blocked";
  return (
    <div class="wb-actions">
      {row.state === "failed" && (
        <button
          type="button"
          class="wb-btn primary"
          disabled={action.running}
          onClick={run(() => queue.retry(row.id))}
        >
          Retry
        </button>
      )}
      {waits && (
        <button
          type="button"
          class="wb-btn primary"
          disabled={action.running}
          onClick={run(() => queue.runNow(row.id))}
        >
          Run now
        </button>
      )}
      {(waits || row.state === "failed" || row.state === "ready") && (
        <ConfirmButton
          question="Discard this job?"
          confirm="Discard"
          disabled={action.running}
          onConfirm={run(() => queue.discard(row.id))}
        >
          Discard
        </ConfirmButton>
      )}
    </div>
  );
}
