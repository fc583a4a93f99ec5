import type { ProcessInfo } from "../../sandbox/sandbox.ts";
import type { Bench } from "../session/bench.ts";

/** Ends the process as TERM does and starts the next with its options; KILL stays within reach meanwhile. */
export function RestartButton({ process, bench }: { process: ProcessInfo; bench: Bench }) {
  const { restarts } = bench;
  const underWay = restarts.all.value.some(
    ({ pid, step }) => pid === process.pid && (step === "ending" || step === "starting"),
  );
  return (
    <button
      type="button"
      class="wb-btn small"
      aria-label={`Restart ${process.name}: TERM, then start it again with the same options`}
      title="TERM, then start it again with the same options"
      disabled={underWay}
      onClick={() => void restarts.restart(process)}
    >
      {underWay ? "Restarting" : "Restart"}
    </button>
  );
}

/** How far restarts are. The card of the process that ends goes on its way, so it is told above the cards. */
export function RestartNotes({ bench }: { bench: Bench }) {
  return (
    <div class="wb-restarts" role="status">
      {bench.restarts.all.value.map(({ pid, step, words }) => (
        <p key={pid} data-step={step} class={step === "failed" ? "wb-error" : ""}>
          {words}
        </p>
      ))}
    </div>
  );
}
