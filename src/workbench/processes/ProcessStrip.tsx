import type { ProcessInfo, RegisteredProcess } from "../../sandbox/sandbox.ts";
import { count, duration } from "../format.ts";
import { useAction } from "../live/use-action.ts";
import { useNow } from "../live/use-now.ts";
import type { Bench } from "../session/bench.ts";
import { worstOf } from "./heartbeat.ts";
import { Heartbeat } from "./Heartbeat.tsx";
import { PowerButton } from "./PowerButton.tsx";
import "./processes.css";
import { SignalButtons } from "./SignalButtons.tsx";

/** The living processes at the workbench's foot: always in sight, always within reach of KILL. */
export function ProcessStrip({ bench }: { bench: Bench }) {
  const action = useAction();
  const now = useNow(bench.sandbox.clock, 500);
  const alive = (bench.processes.data.value ?? []).filter(
    (process) => process.status !== "exited" && process.kind !== "console",
  );
  const registered = bench.registered.data.value ?? [];
  const start = (kind: "web" | "jobs") => () =>
    void action.run(async () => void (await bench.sandbox.processes.start({ kind })));

  return (
    <section class="wb-strip" aria-label="Processes">
      {alive.map((process) => (
        <div key={process.pid} class="wb-process" data-process={process.name}>
          <div>
            <strong>{process.name}</strong> <span class="wb-pid">{process.pid}</span>
            <div class="wb-quiet">
              <Doing process={process} registered={registered} bench={bench} now={now} />
            </div>
          </div>
          <SignalButtons process={process} signals={["TERM", "KILL"]} bench={bench} />
        </div>
      ))}
      <Dead registered={registered} alive={alive} now={now} />
      {bench.power.lost.value !== null ? (
        <PowerButton bench={bench} />
      ) : (
        <>
          {!alive.some((process) => process.kind === "web") && (
            <button
              type="button"
              class="wb-btn small"
              disabled={action.running}
              onClick={start("web")}
            >
              Start web
            </button>
          )}
          <button
            type="button"
            class="wb-btn small"
            disabled={action.running}
            onClick={start("jobs")}
          >
            Start jobs process
          </button>
        </>
      )}
      <span role="status" class={action.error ? "wb-error" : "sr-only"}>
        {action.error ?? (action.running ? "Working." : "")}
      </span>
    </section>
  );
}

interface DoingProps {
  process: ProcessInfo;
  registered: readonly RegisteredProcess[];
  bench: Bench;
  now: number;
}

/** What a process does now, in a word or two. */
function Doing({ process, registered, bench, now }: DoingProps) {
  void bench.attempts.revision.value;
  if (process.status !== "running") return <>{process.status}</>;
  const jobs = bench.attempts.log.runningIn(process.pid);
  if (jobs.length > 0) return <>runs {count(jobs.length, "job")}</>;
  const row = worstOf(registered.filter(({ pid }) => pid === process.pid));
  return row ? <Heartbeat row={row} now={now} /> : <>running</>;
}

interface DeadProps {
  registered: readonly RegisteredProcess[];
  alive: readonly ProcessInfo[];
  now: number;
}

/** Processes that died without a word: the queue believes in them until they are pruned. */
function Dead({ registered, alive, now }: DeadProps) {
  const rows = registered.filter((row) => !alive.some(({ pid }) => pid === row.pid));
  const pids = [...new Set(rows.map(({ pid }) => pid))];
  if (pids.length === 0) return null;
  const rest = Math.max(0, ...rows.map(({ prunableAt }) => prunableAt - now));
  return (
    <div class="wb-process wb-dead">
      <div>
        <strong>dead</strong> <span class="wb-pid">{pids.join(", ")}</span>
        <div class="wb-quiet num">
          {rest > 0 ? `still registered; pruned in ${duration(rest)}` : "to be pruned"}
        </div>
      </div>
    </div>
  );
}
