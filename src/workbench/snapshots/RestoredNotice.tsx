import { useState } from "preact/hooks";
import { clockTime } from "../format.ts";
import type { Bench } from "../session/bench.ts";
import { FreshButton } from "./FreshButton.tsx";
import "./snapshots.css";

/** Says what became of the databases of the last visit, until it has been read. */
export function RestoredNotice({ bench }: { bench: Bench }) {
  const [read, setRead] = useState(false);
  const { restored } = bench;
  const problem = bench.keeper.problem.value;
  return (
    <div role="status" class="wb-restored">
      {problem && <p>{problem}</p>}
      {!read && restored.name !== "fresh" && (
        <p>
          {restored.name === "restored"
            ? `The databases are as you left them at ${clockTime(restored.keptAt, false)}.`
            : `Your databases could not be restored, so they begin fresh. ${restored.reason}`}{" "}
          {restored.name === "restored" && <FreshButton bench={bench} />}{" "}
          <button type="button" class="wb-btn small quiet" onClick={() => setRead(true)}>
            Hide this notice
          </button>
        </p>
      )}
    </div>
  );
}
