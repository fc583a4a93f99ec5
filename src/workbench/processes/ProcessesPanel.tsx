import type { ProcessInfo, RegisteredProcess } from "../../sandbox/sandbox.ts";
import { useAction } from "../live/use-action.ts";
import { useNow } from "../live/use-now.ts";
import type { Bench } from "../session/bench.ts";
import { PowerButton } from "./PowerButton.tsx";
import { ProcessCard } from "./ProcessCard.tsx";
import { RestartNotes } from "./RestartNotes.tsx";
import { StartJobsForm } from "./StartJobsForm.tsx";

/** Of those that ended, only the newest are listed. */
const ENDED_SHOWN = 5;

/** The processes as they are, and under each as the queue's table believes them to be. */
export function ProcessesPanel({ bench }: { bench: Bench }) {
  const action = useAction();
  const now = useNow(bench.sandbox.clock, 500);
  const processes = bench.processes.data.value ?? [];
  const registered = bench.registered.data.value ?? [];
  const problem = action.error ?? bench.processes.error.value ?? bench.registered.error.value;
  const rowsOf = (pid: number) => registered.filter((row) => row.pid === pid);
  const { running, ended } = sorted(processes, registered);
  const card = (process: ProcessInfo) => (
    <ProcessCard
      key={process.pid}
      process={process}
      rows={rowsOf(process.pid)}
      bench={bench}
      now={now}
    />
  );
  return (
    <div class="wb-scroll">
      <StartJobsForm bench={bench} action={action} />
      {problem && (
        <p class="wb-error wb-processes-note" role="status">
          {problem}
        </p>
      )}
      <RestartNotes bench={bench} />
      <ul class="wb-cards" aria-label="Running processes">
        {running.map(card)}
      </ul>
      {ended.length > 0 && (
        <>
          <h3 class="wb-cards-head">Ended</h3>
          <ul class="wb-cards" aria-label="Ended processes">
            {ended.map(card)}
          </ul>
        </>
      )}
      <div class="wb-plug">
        <PowerButton bench={bench} />
        <p class="wb-aside">
          Every process dies at the same moment, with no signal and no goodbye, as when the power
          fails. What was committed is on the disk; what was not is gone. Then look at the jobs that
          were running, and boot again.
        </p>
      </div>
    </div>
  );
}

/** The living first; of the dead those that the queue still believes in, and the newest. */
function sorted(processes: readonly ProcessInfo[], registered: readonly RegisteredProcess[]) {
  const running = processes.filter(({ status }) => status !== "exited");
  const believed = ({ pid }: ProcessInfo) => registered.some((row) => row.pid === pid);
  const ended = processes
    .filter(({ status }) => status === "exited")
    .reverse()
    .filter((process, index) => index < ENDED_SHOWN || believed(process));
  return { running, ended };
}
