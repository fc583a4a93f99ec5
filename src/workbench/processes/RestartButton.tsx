import type { ProcessInfo } from "../../sandbox/sandbox.ts";
import { useAction } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";

/** Ends the web process as TERM does and starts the next; KILL stays within reach meanwhile. */
export function RestartButton({ process, bench }: { process: ProcessInfo; bench: Bench }) {
  const action = useAction();
  const { processes } = bench.sandbox;

  async function restart() {
    processes.signal(process.pid, "TERM");
    await processes.wait(process.pid);
    await processes.start({ kind: "web" });
  }

  return (
    <>
      <button
        type="button"
        class="wb-btn small"
        aria-label={`Restart ${process.name}`}
        disabled={action.running}
        onClick={() => void action.run(restart)}
      >
        {action.running ? "Restarting" : "Restart"}
      </button>
      <span role="status" class={action.error ? "wb-error" : "sr-only"}>
        {action.error}
      </span>
    </>
  );
}
