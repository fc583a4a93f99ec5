import type { SandboxClock } from "../../sandbox/sandbox.ts";
import { clockTime, duration } from "../format.ts";
import { useAction } from "../live/use-action.ts";
import { useNow } from "../live/use-now.ts";
import "./clock.css";

const LEAPS = [
  { label: "+1 min", name: "+1 min of sandbox time", ms: 60_000 },
  { label: "+1 h", name: "+1 h of sandbox time", ms: 3_600_000 },
];

/** Sandbox time, and the buttons that make it pass at once. */
export function ClockBar({ clock }: { clock: SandboxClock }) {
  const now = useNow(clock);
  const action = useAction();
  const ahead = clock.offset();
  return (
    <div class="wb-clock">
      <time class="num" title={ahead > 0 ? `${duration(ahead)} ahead of your clock` : undefined}>
        {clockTime(now, false)}
      </time>
      {LEAPS.map(({ label, name, ms }) => (
        <button
          key={ms}
          type="button"
          class="wb-btn small"
          aria-label={name}
          disabled={action.running}
          onClick={() => void action.run((signal) => clock.advance(ms, signal))}
        >
          {label}
        </button>
      ))}
      {action.running && (
        <button type="button" class="wb-btn small" onClick={action.cancel}>
          Stop
        </button>
      )}
      <span role="status" class={action.error ? "wb-error" : "sr-only"}>
        {action.error ?? (action.running ? "Time is passing." : "")}
      </span>
    </div>
  );
}
