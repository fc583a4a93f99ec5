import type { ProcessInfo, SignalName } from "../../sandbox/sandbox.ts";
import { useAction } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";

const MEANING: Partial<Record<SignalName, string>> = {
  TERM: "lets the job in hand finish",
  QUIT: "gives the job in hand back to the queue",
  KILL: "ends it at once, wherever it is",
};

interface Props {
  process: ProcessInfo;
  signals: SignalName[];
  bench: Bench;
}

/** Buttons that send a process signals. */
export function SignalButtons({ process, signals, bench }: Props) {
  const action = useAction();
  const { hardKill } = bench.sandbox.capabilities;
  const meaning = (signal: SignalName) =>
    signal === "KILL" && hardKill !== true
      ? `${MEANING.KILL}, as far as the host can: ${hardKill}`
      : MEANING[signal];
  const send = (signal: SignalName) => () =>
    void action.run(() => bench.sandbox.processes.signal(process.pid, signal));
  return (
    <div class="wb-actions">
      {signals.map((signal) => (
        <button
          key={signal}
          type="button"
          class={`wb-btn small ${signal === "KILL" ? "danger" : ""}`}
          aria-label={`${signal} ${process.name}: ${meaning(signal) ?? ""}`}
          title={meaning(signal)}
          onClick={send(signal)}
        >
          {signal}
        </button>
      ))}
      <span role="status" class={action.error ? "wb-error" : "sr-only"}>
        {action.error}
      </span>
    </div>
  );
}
