import { useEffect, useState } from "preact/hooks";
import type { BootProgress } from "../../sandbox/sandbox.ts";
import type { Session, SessionState } from "../session/session.ts";
import { BootSteps } from "./BootSteps.tsx";
import { surroundings, whatIsMissing } from "./isolation.ts";
import "./start.css";

interface Props {
  session: Session;
  state: Exclude<SessionState, { name: "ready" }>;
  downloadSize: string;
}

/** What stands in the workbench until the sandbox runs. */
export function StartScreen({ session, state, downloadSize }: Props) {
  // Only the browser knows: the page was rendered without asking.
  const [missing, setMissing] = useState<string | null | undefined>(undefined);
  useEffect(() => setMissing(whatIsMissing(surroundings())), []);

  if (missing) {
    return (
      <div class="wb-start">
        <h2>The workbench cannot run here</h2>
        <p role="status">{missing}</p>
      </div>
    );
  }
  return (
    <div class="wb-start">
      <h2>A Rails app of your own</h2>
      <p>
        Its web server, a worker and their databases run in this tab. Starting downloads{" "}
        {downloadSize}, which your browser keeps.
      </p>
      {state.name === "starting" ? (
        <Starting progress={state.progress} onCancel={() => session.cancel()} />
      ) : (
        <>
          {state.name === "failed" && (
            <p class="wb-error" role="alert">
              It did not start: {state.message}
            </p>
          )}
          <button
            type="button"
            class="wb-btn primary"
            disabled={missing === undefined}
            onClick={() => void session.start()}
          >
            {state.name === "failed" ? "Retry" : "Start"}
          </button>
        </>
      )}
    </div>
  );
}

function Starting({ progress, onCancel }: { progress: BootProgress | null; onCancel(): void }) {
  return (
    <>
      <BootSteps progress={progress} />
      <button type="button" class="wb-btn" onClick={onCancel}>
        Cancel
      </button>
    </>
  );
}
