import { useEffect, useMemo, useRef } from "preact/hooks";
import { count, duration } from "../../format.ts";
import { createLiveQuery } from "../../live/live-query.ts";
import { useAction } from "../../live/use-action.ts";
import { useNow } from "../../live/use-now.ts";
import type { Bench } from "../../session/bench.ts";
import { StateMark } from "../../states/StateMark.tsx";
import { markOf } from "../list/JobLine.tsx";
import type { Board } from "../board.ts";
import { Attempts } from "./Attempts.tsx";
import { ErrorView } from "./ErrorView.tsx";
import { Facts } from "./Facts.tsx";
import { JobActions } from "./JobActions.tsx";
import { runsOf, type Run } from "./runs.ts";
import "./detail.css";

/** More rows than this of one job are not shown. */
const MOST_ATTEMPTS = 200;

interface Props {
  bench: Bench;
  board: Board;
  activeJobId: string;
  /** Something is about to be done with the job. */
  onAct(): void;
  onClose(): void;
}

/** One job with all its attempts. */
export function JobDetail({ bench, board, activeJobId, onAct, onClose }: Props) {
  const { sandbox, attempts } = bench;
  const action = useAction();
  const query = useMemo(
    () =>
      createLiveQuery({
        events: sandbox.events,
        prefixes: ["job.", "process.", "clock."],
        load: () => sandbox.queue.jobs({ activeJobId, limit: MOST_ATTEMPTS }),
      }),
    [sandbox, activeJobId],
  );
  useEffect(() => () => query.dispose(), [query]);
  const now = useNow(sandbox.clock);
  void attempts.revision.value;

  const rows = query.data.value;
  const runs = runsOf(rows ?? [], attempts.log.of(activeJobId));
  const latest = runs.at(-1)?.row;
  const problem = action.error ?? query.error.value;

  function refresh() {
    query.refresh();
    board.stretch.refresh();
    bench.queue.refresh();
  }

  return (
    <article class="wb-job-detail wb-scroll" aria-label="Job">
      <BackButton onClose={onClose} job={activeJobId} />
      {rows && !latest && (
        <p class="wb-empty">This job is no longer in the queue: its rows were deleted.</p>
      )}
      {latest && (
        <>
          <header>
            <h2>{latest.className}</h2>
            <JobActions
              row={latest}
              queue={sandbox.queue}
              action={action}
              onAct={onAct}
              onDone={refresh}
            />
            <p>
              <StateMark state={markOf(latest, attempts.log.ofRow(latest.id))} />
              <span class="num">{summary(runs, now)}</span>
            </p>
          </header>
          {problem && (
            <p class="wb-error" role="alert">
              {problem}
            </p>
          )}
          {latest.error && <ErrorView error={latest.error} onShow={bench.showInEditor} />}
          <Attempts runs={runs} now={now} />
          <Facts runs={runs} bench={bench} />
        </>
      )}
    </article>
  );
}

/** Takes the focus where the detail covers the list. */
function BackButton({ onClose, job }: { onClose(): void; job: string }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const list = button.current?.closest(".wb-jobs")?.querySelector(".wb-job-lines");
    if (list && getComputedStyle(list).visibility === "hidden") button.current?.focus();
  }, [job]);
  return (
    <button ref={button} type="button" class="wb-btn small quiet wb-back" onClick={onClose}>
      ← All jobs
    </button>
  );
}

/** `after 5 attempts, 6.4 s on the sandbox clock` */
function summary(runs: readonly Run[], now: number): string {
  const first = runs[0];
  const last = runs.at(-1);
  if (!first || !last) return "";
  const ran = runs.filter(
    ({ startedAt, endedAt }) => startedAt !== null || endedAt !== null,
  ).length;
  const length = duration(Math.max(0, (last.endedAt ?? now) - first.from));
  if (last.endedAt === null && last.startedAt === null) {
    const before = ran > 0 ? `after ${count(ran, "attempt")}, ` : "";
    if (last.due !== null && last.due > now) return `${before}due in ${duration(last.due - now)}`;
    if (last.row.state === "scheduled" && last.due !== null)
      return `${before}was due ${duration(now - last.due)} ago, and nobody has dispatched it`;
    return `${before}in the queue for ${length}`;
  }
  return `${last.endedAt === null ? "in attempt" : "after"} ${
    last.endedAt === null ? ran : count(ran, "attempt")
  }, ${length} on the sandbox clock`;
}
