import type { ProcessInfo } from "../../sandbox/sandbox.ts";
import type { Bench } from "../session/bench.ts";
import { isUnderWay } from "./restarts.ts";

/** Ends the process as TERM does and starts the next with its options; KILL stays within reach meanwhile. */
export function RestartButton({ process, bench }: { process: ProcessInfo; bench: Bench }) {
  const { processRestarts } = bench;
  const underWay = processRestarts.all.value.some(
    (each) => each.pid === process.pid && isUnderWay(each),
  );
  return (
    <button
      type="button"
      class="wb-btn small"
      aria-label={`Restart ${process.name}: TERM, then start it again with the same options`}
      title="TERM, then start it again with the same options"
      disabled={underWay}
      onClick={() => void processRestarts.restart(process)}
    >
      {underWay ? "Restarting" : "Restart"}
    </button>
  );
}
