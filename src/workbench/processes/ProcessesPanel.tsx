import type { ProcessInfo, RegisteredProcess } from "../../sandbox/sandbox.ts";
import { bytes, clockTime, duration } from "../format.ts";
import { useAction } from "../live/use-action.ts";
import { useNow } from "../live/use-now.ts";
import type { Bench } from "../session/bench.ts";
import { RestartButton } from "./RestartButton.tsx";
import { SignalButtons } from "./SignalButtons.tsx";
import { StartJobsForm } from "./StartJobsForm.tsx";

/** The processes as they are, and as the queue's table believes them to be. */
export function ProcessesPanel({ bench }: { bench: Bench }) {
  const action = useAction();
  const processes = bench.processes.data.value ?? [];
  const problem = action.error ?? bench.processes.error.value ?? bench.registered.error.value;
  return (
    <div class="wb-scroll">
      <StartJobsForm bench={bench} action={action} />
      {problem && (
        <p class="wb-error" role="status">
          {problem}
        </p>
      )}
      <Processes processes={processes} bench={bench} />
      <Registered rows={bench.registered.data.value ?? []} bench={bench} />
    </div>
  );
}

interface ProcessesProps {
  processes: ProcessInfo[];
  bench: Bench;
}

function Processes({ processes, bench }: ProcessesProps) {
  return (
    <table class="wb-table">
      <caption>Processes</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">pid</th>
          <th scope="col">Status</th>
          <th scope="col">Memory</th>
          <th scope="col">Signals</th>
        </tr>
      </thead>
      <tbody>
        {processes.map((process) => (
          <tr key={process.pid}>
            <th scope="row">{process.name}</th>
            <td class="num">{process.pid}</td>
            <td>
              {process.status}
              {process.exit && `: ${process.exit.signal ?? process.exit.reason}`}
            </td>
            <td class="num">{bytes(process.memoryBytes)}</td>
            <td>
              {process.status !== "exited" && (
                <SignalButtons process={process} signals={["TERM", "QUIT", "KILL"]} bench={bench} />
              )}
              {process.kind === "web" && process.status !== "exited" && (
                <RestartButton process={process} bench={bench} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Registered({ rows, bench }: { rows: RegisteredProcess[]; bench: Bench }) {
  const now = useNow(bench.sandbox.clock);
  if (rows.length === 0) return <p class="wb-empty">No process is registered with the queue.</p>;
  return (
    <table class="wb-table">
      <caption>Registered with the queue</caption>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Name</th>
          <th scope="col">pid</th>
          <th scope="col">Last heartbeat</th>
          <th scope="col">Counts as dead at</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.kind}</td>
            <th scope="row">{row.name}</th>
            <td class="num">{row.pid}</td>
            <td class="num">{duration(Math.max(0, now - row.lastHeartbeatAt))} ago</td>
            <td class="num">{clockTime(row.prunableAt, false)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
