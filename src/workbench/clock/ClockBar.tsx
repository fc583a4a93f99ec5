import { useEffect, useState } from "preact/hooks";
import type { SandboxClock } from "../../sandbox/sandbox.ts";
import { clockTime, duration } from "../format.ts";
import { useAction } from "../live/use-action.ts";
import { useFrozen, useNow } from "../live/use-now.ts";
import "./clock.css";
import { msToNextDue, NOTHING_IS_DUE } from "./next-due.ts";

const LEAPS = [
  { label: "+1 s", name: "+1 s of sandbox time", ms: 1_000 },
  { label: "+1 min", name: "+1 min of sandbox time", ms: 60_000 },
  { label: "+1 h", name: "+1 h of sandbox time", ms: 3_600_000 },
];

/** So long the clock's answer stands, in ms: it needs the room of the tabs. */
const SAID_MS = 8_000;

/** The way that time goes at once: from a moment of sandbox time, so many ms. */
interface Way {
  from: number;
  ms: number;
}

/** Sandbox time, and the buttons that make it pass at once. */
export function ClockBar({ clock }: { clock: SandboxClock }) {
  const action = useAction();
  const [way, setWay] = useState<Way | null>(null);
  const [said, say] = useState("");
  const now = useNow(clock, action.running ? 100 : 1000);
  const frozen = useFrozen(clock);
  useEffect(() => {
    const timer = setTimeout(() => say(""), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);

  async function advance(ms: number, signal: AbortSignal) {
    setWay({ from: clock.now(), ms });
    await clock.advance(ms, signal);
    say(`It is ${clockTime(clock.now(), false)}.`);
  }

  async function toNextDue(signal: AbortSignal) {
    const ms = await msToNextDue(clock);
    if (ms === null) return say(NOTHING_IS_DUE);
    await advance(ms, signal);
  }

  function freeze() {
    if (frozen) clock.unfreeze();
    else clock.freeze();
    say(frozen ? "Time goes on." : "Time stands still.");
  }

  const button = (label: string, name: string, work: (signal: AbortSignal) => Promise<void>) => (
    <button
      key={label}
      type="button"
      class="wb-btn small"
      aria-label={name}
      title={name}
      disabled={action.running}
      onClick={() => {
        say("");
        void action.run(work);
      }}
    >
      {label}
    </button>
  );

  return (
    <div class="wb-clock">
      <time class="num" title={againstYours(clock.offset())}>
        {clockTime(now, false)}
      </time>
      {action.running && way ? (
        <>
          <progress
            aria-label="Time that has passed"
            value={Math.min(now - way.from, way.ms)}
            max={way.ms}
          />
          <button type="button" class="wb-btn small" onClick={action.cancel}>
            Stop
          </button>
        </>
      ) : (
        <span class="wb-leaps" role="group" aria-label="Advance the clock">
          {LEAPS.map(({ label, name, ms }) => button(label, name, (signal) => advance(ms, signal)))}
          {button("Next due", "Next due: to the next job, retry or recurring task", toNextDue)}
          <button
            type="button"
            class="wb-btn small"
            aria-pressed={frozen}
            title="Freeze: sandbox time stands still, and what sleeps or polls sleeps on"
            onClick={freeze}
          >
            Freeze
          </button>
        </span>
      )}
      <span
        role="status"
        class={action.error ? "wb-error" : said === NOTHING_IS_DUE ? "wb-quiet" : "sr-only"}
      >
        {action.error ?? (action.running ? "Time is passing." : said)}
      </span>
    </div>
  );
}

/** Milliseconds ahead of the reader's own clock, in words. */
function againstYours(ahead: number): string | undefined {
  if (Math.abs(ahead) < 1000) return undefined;
  return `${duration(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"} your clock`;
}
