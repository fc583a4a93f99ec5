import { useEffect, useMemo, useState } from "preact/hooks";
import { count } from "../format.ts";
import { useAction } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";
import { createBoard, type Board } from "./board.ts";
import { EndedChart } from "./charts/EndedChart.tsx";
import { JobDetail } from "./detail/JobDetail.tsx";
import "./jobs.css";
import { BulkBar } from "./list/BulkBar.tsx";
import { JobList } from "./list/JobList.tsx";
import { Toolbar } from "./list/Toolbar.tsx";
import { Limits } from "./more/Limits.tsx";
import { Recurring } from "./more/Recurring.tsx";
import { RunTimesTable } from "./more/RunTimesTable.tsx";
import { Side } from "./side/Side.tsx";

/** The queue: states and queues, the jobs in them, and one job in detail. */
export function JobsPanel({ bench }: { bench: Bench }) {
  const board = useMemo(() => createBoard(bench), [bench]);
  useEffect(() => () => board.dispose(), [board]);
  const action = useAction();
  const [said, say] = useState("");
  const open = board.open.value;
  const choice = board.choice.value;
  const { place } = choice;
  // What was done to other rows, or was not, is old news.
  const forget = () => {
    say("");
    action.clear();
  };
  useEffect(forget, [choice]);
  const problem = action.error ?? board.stretch.error.value ?? bench.queue.error.value;
  useShownJob(bench, board);

  function close() {
    board.open.value = null;
    const line = document.querySelector<HTMLElement>('.wb-job[data-open="true"] .wb-job-link');
    // Only once the list is to be seen again can it take the focus.
    requestAnimationFrame(() => line?.focus());
  }

  return (
    <div
      class="wb-jobs"
      data-open={open !== null}
      onKeyDown={(event) => {
        if (event.key === "Escape" && open !== null) close();
      }}
    >
      <div class="wb-board">
        <Side bench={bench} board={board} action={action} />
        <div class="wb-jobs-main">
          <p class={problem ? "wb-error wb-jobs-note" : "sr-only"} role="status">
            {problem ?? said}
            {!problem && said === "" && <Summary board={board} />}
          </p>
          {place === "recurring" && <Recurring bench={bench} board={board} onAct={forget} />}
          {place === "limits" && <Limits bench={bench} board={board} />}
          {place === "times" && <RunTimesTable bench={bench} board={board} />}
          {place === "jobs" && (
            <>
              <Toolbar bench={bench} board={board} action={action} />
              <JobList bench={bench} board={board} />
              <EndedChart bench={bench} />
              <BulkBar bench={bench} board={board} action={action} onDone={say} />
            </>
          )}
        </div>
        {open !== null ? (
          <JobDetail
            key={open}
            bench={bench}
            board={board}
            activeJobId={open}
            onAct={forget}
            onClose={close}
          />
        ) : (
          place === "jobs" && (
            <p class="wb-empty wb-job-none">Choose a job to see its attempts, error and data.</p>
          )
        )}
      </div>
    </div>
  );
}

function Summary({ board }: { board: Board }) {
  const stretch = board.stretch.data.value;
  if (!stretch) return null;
  const { total, counts } = stretch;
  return (
    <>
      {count(total, "job")}
      {counts.failed > 0 && `, ${counts.failed} failed`}
    </>
  );
}

/** Another panel may ask for a job. */
function useShownJob(bench: Bench, board: Board): void {
  const wanted = bench.goToJob.value;
  useEffect(() => {
    if (wanted === null) return;
    board.choose({ place: "jobs" });
    board.open.value = wanted;
    bench.goToJob.value = null;
  }, [wanted, bench, board]);
}
