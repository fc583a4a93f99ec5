import { useEffect, useState } from "preact/hooks";
import { HostDialog } from "../host/HostDialog.tsx";
import { HOSTS } from "../host/hosts.ts";
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
  const host = state.name === "starting" ? state.host : session.host.value;
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
        Its web server, a worker and their databases run in{" "}
        {host === "tab" ? "this tab" : "a WebContainer of StackBlitz's"}. The first start downloads{" "}
        {downloadSize}, which your browser keeps for every lesson.
      </p>
      {missing === null && session.hasKeptEdits() && (
        <p>Your changes from last time are here: the app starts with them.</p>
      )}
      {state.name === "starting" ? (
        <Starting state={state} onCancel={() => session.cancel()} />
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
          {missing !== undefined && session.hosts.length > 1 && <HostChoice session={session} />}
        </>
      )}
    </div>
  );
}

/** Where the sandbox will run, and the way to change that. */
function HostChoice({ session }: { session: Session }) {
  const [open, setOpen] = useState(false);
  const host = session.host.value;
  return (
    <div class="wb-quiet">
      Runs in: {HOSTS[host].label}.{" "}
      <button type="button" class="wb-link" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Change where it runs
      </button>
      {open && (
        <HostDialog
          chosen={host}
          running={false}
          onChoose={(name) => session.chooseHost(name)}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

interface StartingProps {
  state: Extract<SessionState, { name: "starting" }>;
  onCancel(): void;
}

function Starting({ state: { progress, host, fallback }, onCancel }: StartingProps) {
  return (
    <>
      {fallback && <p role="alert">{fallback.reason} So it starts in this tab instead.</p>}
      <BootSteps progress={progress} host={host} />
      <button type="button" class="wb-btn" onClick={onCancel}>
        Cancel
      </button>
    </>
  );
}
