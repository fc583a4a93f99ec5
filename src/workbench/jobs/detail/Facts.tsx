import type { ComponentChildren } from "preact";
import { clockTime } from "../../format.ts";
import type { Bench } from "../../session/bench.ts";
import { argumentsOf } from "../arguments.ts";
import type { Run } from "./runs.ts";

/** What the row says, word for word where it matters. */
export function Facts({ runs, bench }: { runs: readonly Run[]; bench: Bench }) {
  const row = runs.at(-1)?.row;
  if (!row) return null;
  const where = runs.findLast((run) => run.where !== null)?.where;
  const rows = [...new Set(runs.map((run) => run.row.id))];
  return (
    <section>
      <h3>Job</h3>
      <dl class="wb-facts">
        <Fact name="Arguments" code>
          {argumentsOf(row) || "none"}
        </Fact>
        <Fact name="Queue">{row.queueName}</Fact>
        <Fact name="active_job_id" code>
          {row.activeJobId}
        </Fact>
        <Fact name="Priority">{row.priority}</Fact>
        <Fact name={rows.length > 1 ? "Rows" : "Row"}>{rows.join(", ")}</Fact>
        <Fact name="Enqueued">{clockTime(row.enqueuedAt)}</Fact>
        {row.scheduledAt !== null && <Fact name="Due">{clockTime(row.scheduledAt)}</Fact>}
        {row.finishedAt !== null && <Fact name="Finished">{clockTime(row.finishedAt)}</Fact>}
        {row.failedAt !== null && <Fact name="Failed">{clockTime(row.failedAt)}</Fact>}
        {row.claimedBy && (
          <Fact name="Claimed by" code>
            {row.claimedBy.name}, pid {row.claimedBy.pid}
          </Fact>
        )}
        {where && (
          <Fact name="Last process">
            <button type="button" class="wb-link" onClick={() => showProcess(bench, where.pid)}>
              {where.process}
            </button>
            , pid {where.pid}
          </Fact>
        )}
        {row.concurrencyKey && (
          <Fact name="Limit" code>
            {row.concurrencyKey}
          </Fact>
        )}
        {row.blockedUntil !== null && (
          <Fact name="Blocked until">{clockTime(row.blockedUntil)}</Fact>
        )}
      </dl>
      <details class="wb-raw">
        <summary>Raw data, as it lies in the queue</summary>
        <pre tabIndex={0} aria-label="Raw data">
          {JSON.stringify(row.serialized, null, 2)}
        </pre>
      </details>
    </section>
  );
}

/** The panel of processes, at this one where it is still listed. */
function showProcess(bench: Bench, pid: number): void {
  bench.show("processes");
  const card = () => document.querySelector<HTMLElement>(`.wb-card[data-pid="${pid}"]`);
  requestAnimationFrame(() => card()?.focus());
}

function Fact(props: { name: string; code?: boolean; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd class={props.code ? "code" : "num"}>{props.children}</dd>
    </div>
  );
}
