import { useSignalEffect } from "@preact/signals";
import { useState } from "preact/hooks";
import type { JobRow, SandboxQueue } from "../../sandbox/sandbox.ts";
import { clockTime, count } from "../format.ts";
import { useAction, type Action } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";
import { argumentsOf, groupJobs, type JobGroup } from "./group-jobs.ts";
import { JobDetails } from "./JobDetails.tsx";
import { StateMark } from "../states/StateMark.tsx";
import "./jobs.css";

/** The queue: each job with its state, attempts and error, and what can be done about it. */
export function JobsPanel({ bench }: { bench: Bench }) {
  const [open, setOpen] = useState<string | null>(null);
  const action = useAction();
  useSignalEffect(() => {
    const wanted = bench.goToJob.value;
    if (wanted === null) return;
    setOpen(wanted);
    bench.goToJob.value = null;
  });
  const rows = bench.jobs.data.value;
  const problem = action.error ?? bench.jobs.error.value;
  const groups = groupJobs(rows ?? []);
  const failed = groups.filter((group) => group.latest.state === "failed").length;

  return (
    <div class="wb-scroll">
      <p class="sr-only" role="status">
        {count(groups.length, "job")}
        {failed > 0 && `, ${failed} failed`}
      </p>
      {problem && <p class="wb-error">{problem}</p>}
      {rows && groups.length === 0 && (
        <p class="wb-empty">The queue is empty. Jobs appear here when something enqueues them.</p>
      )}
      {groups.length > 0 && (
        <table class="wb-table">
          <caption class="sr-only">Jobs, newest first</caption>
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">Job</th>
              <th scope="col">Queue</th>
              <th scope="col">Attempts</th>
              <th scope="col">Enqueued</th>
              <th scope="col">Claimed by</th>
              <th scope="col">Actions</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <JobGroupRows
                key={group.activeJobId}
                group={group}
                open={open === group.activeJobId}
                onToggle={() => setOpen(open === group.activeJobId ? null : group.activeJobId)}
                bench={bench}
                action={action}
              />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

interface RowsProps {
  group: JobGroup;
  open: boolean;
  onToggle(): void;
  bench: Bench;
  action: Action;
}

function JobGroupRows({ group, open, onToggle, bench, action }: RowsProps) {
  const { latest } = group;
  return (
    <>
      <tr data-job={latest.id} data-state={latest.state}>
        <td>
          <StateMark state={latest.state} />
        </td>
        <th scope="row">
          <button type="button" class="wb-link" aria-expanded={open} onClick={onToggle}>
            {latest.className}
          </button>{" "}
          <span class="wb-args">{argumentsOf(latest)}</span>
        </th>
        <td>{latest.queueName}</td>
        <td class="num">{group.attempts}</td>
        <td class="num">{clockTime(latest.enqueuedAt)}</td>
        <td>{latest.claimedBy ? `${latest.claimedBy.name} (pid ${latest.claimedBy.pid})` : ""}</td>
        <td>
          <JobActions row={latest} bench={bench} action={action} />
        </td>
      </tr>
      {latest.error && !open && (
        <tr class="wb-why">
          <td />
          <td colSpan={6} class="wb-error">
            {latest.error.className}: {latest.error.message}
          </td>
        </tr>
      )}
      {open && (
        <tr class="wb-why">
          <td />
          <td colSpan={6}>
            <JobDetails group={group} onShow={bench.showInEditor} />
          </td>
        </tr>
      )}
    </>
  );
}

interface ActionsProps {
  row: JobRow;
  bench: Bench;
  action: Action;
}

function JobActions({ row, bench, action }: ActionsProps) {
  const { queue } = bench.sandbox;
  const button = (label: string, work: (queue: SandboxQueue) => Promise<void>, danger = false) => (
    <button
      type="button"
      class={`wb-btn small ${danger ? "danger" : ""}`}
      aria-label={`${label}: ${row.className} ${row.id}`}
      onClick={() => void action.run(() => work(queue).finally(bench.jobs.refresh))}
    >
      {label}
    </button>
  );
  return (
    <div class="wb-actions">
      {row.state === "failed" && button("Retry", (jobs) => jobs.retry(row.id))}
      {(row.state === "scheduled" || row.state === "blocked") &&
        button("Run now", (jobs) => jobs.runNow(row.id))}
      {row.state !== "finished" &&
        row.state !== "claimed" &&
        button("Discard", (jobs) => jobs.discard(row.id), true)}
    </div>
  );
}
