import type { ProcessInfo, RegisteredProcess } from "../../sandbox/sandbox.ts";
import { bytes, clockTime, count } from "../format.ts";
import type { Bench } from "../session/bench.ts";
import { Heartbeat } from "./Heartbeat.tsx";
import { RestartButton } from "./RestartButton.tsx";
import { SignalButtons } from "./SignalButtons.tsx";

interface Props {
  process: ProcessInfo;
  /** Its rows in the queue's table of processes. */
  rows: readonly RegisteredProcess[];
  bench: Bench;
  now: number;
}

/** A process of the machine, and under it what the queue knows of it. */
export function ProcessCard({ process, rows, bench, now }: Props) {
  const alive = process.status !== "exited";
  return (
    <li class="wb-card" data-pid={process.pid} tabIndex={-1}>
      <div class="wb-card-head">
        <h4>
          {process.name} <span class="wb-pid">pid {process.pid}</span>
        </h4>
        <span>
          {process.status}
          {process.exit && `: ${process.exit.signal ?? process.exit.reason}`}
        </span>
        {alive && <span class="num wb-quiet">{bytes(process.memoryBytes)}</span>}
        <span class="num wb-quiet">since {clockTime(process.startedAt, false)}</span>
        {process.kind === "jobs" && <Done pid={process.pid} bench={bench} />}
        <JobsInHand pid={process.pid} bench={bench} />
        {alive && (
          <span class="wb-card-acts">
            <SignalButtons process={process} signals={["TERM", "QUIT", "KILL"]} bench={bench} />
            {process.kind !== "console" && <RestartButton process={process} bench={bench} />}
          </span>
        )}
      </div>
      {rows.length > 0 && <Rows rows={rows} now={now} />}
      {rows.length > 0 && <RawRows rows={rows} name={process.name} />}
      {!alive && rows.length > 0 && (
        <p class="wb-aside">
          It is gone, but it could not say goodbye: its rows stay until another supervisor finds
          their heartbeats too old, prunes them and fails the jobs they had claimed.
        </p>
      )}
    </li>
  );
}

function Rows({ rows, now }: { rows: readonly RegisteredProcess[]; now: number }) {
  return (
    <ul class="wb-registered">
      {rows.map((row) => (
        <li key={row.id} data-kind={row.kind}>
          <b>{row.kind}</b>
          <span class="wb-quiet">{describe(row)}</span>
          <Heartbeat row={row} now={now} />
        </li>
      ))}
    </ul>
  );
}

/** What the queue's table holds, word for word. */
function RawRows({ rows, name }: { rows: readonly RegisteredProcess[]; name: string }) {
  return (
    <details class="wb-raw">
      <summary>Raw rows</summary>
      <pre tabIndex={0} aria-label={`Raw rows of ${name}`}>
        {JSON.stringify(rows, null, 2)}
      </pre>
    </details>
  );
}

function Done({ pid, bench }: { pid: number; bench: Bench }) {
  void bench.attempts.revision.value;
  const { ended, raised } = bench.attempts.log.tallyOf(pid);
  if (ended === 0) return null;
  return (
    <span class="num wb-quiet">
      {count(ended, "run")}
      {raised > 0 && `, ${raised.toLocaleString("en")} raised`}
    </span>
  );
}

/** `queues *, 3 threads, polls each 0.1 s`, from what the process wrote about itself. */
export function describe({ metadata }: RegisteredProcess): string {
  const { queues, thread_pool_size, polling_interval, batch_size, recurring_schedule } = metadata;
  const parts = [
    queues !== undefined && `queues ${String(queues)}`,
    thread_pool_size !== undefined && count(Number(thread_pool_size), "thread"),
    polling_interval !== undefined && `polls each ${String(polling_interval)} s`,
    batch_size !== undefined && `up to ${String(batch_size)} at once`,
    Array.isArray(recurring_schedule) && `tasks ${recurring_schedule.join(", ")}`,
  ];
  return parts.filter((part) => part !== false).join(", ");
}

function JobsInHand({ pid, bench }: { pid: number; bench: Bench }) {
  void bench.attempts.revision.value;
  const jobs = bench.attempts.log.runningIn(pid);
  if (jobs.length === 0) return null;
  return (
    <span class="wb-in-hand">
      runs
      {jobs.map(({ activeJobId, jobId }) => (
        <button
          key={activeJobId}
          type="button"
          class="wb-link"
          onClick={() => bench.showJob(activeJobId)}
        >
          job {jobId ?? activeJobId.slice(0, 8)}
        </button>
      ))}
    </span>
  );
}
