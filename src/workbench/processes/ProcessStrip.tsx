import { useAction } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";
import { SignalButtons } from "./SignalButtons.tsx";
import "./processes.css";

/** The living processes at the workbench's foot: always in sight, always within reach of KILL. */
export function ProcessStrip({ bench }: { bench: Bench }) {
  const action = useAction();
  const alive = (bench.processes.data.value ?? []).filter(
    (process) => process.status !== "exited" && process.kind !== "console",
  );
  const start = (kind: "web" | "jobs") => () =>
    void action.run(async () => void (await bench.sandbox.processes.start({ kind })));

  return (
    <section class="wb-strip" aria-label="Processes">
      {alive.map((process) => (
        <div key={process.pid} class="wb-process" data-process={process.name}>
          <div>
            <strong>{process.name}</strong> <span class="num">{process.pid}</span>
            <div class="wb-quiet">{process.status}</div>
          </div>
          <SignalButtons process={process} signals={["TERM", "KILL"]} bench={bench} />
        </div>
      ))}
      {!alive.some((process) => process.kind === "web") && (
        <button type="button" class="wb-btn small" disabled={action.running} onClick={start("web")}>
          Start web
        </button>
      )}
      <button type="button" class="wb-btn small" disabled={action.running} onClick={start("jobs")}>
        Start jobs process
      </button>
      <span role="status" class={action.error ? "wb-error" : "sr-only"}>
        {action.error ?? (action.running ? "Working." : "")}
      </span>
    </section>
  );
}
