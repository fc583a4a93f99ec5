import { useRef } from "preact/hooks";
import type { Bench } from "../session/bench.ts";

/**
 * How far restarts are, and the way to call them off. The card of the process that ends goes on its way, so it is told
 * above the cards.
 */
export function RestartNotes({ bench }: { bench: Bench }) {
  const { processRestarts } = bench;
  const notes = useRef<HTMLDivElement>(null);
  return (
    <div class="wb-restarts" role="status" tabIndex={-1} ref={notes}>
      {processRestarts.all.value.map(({ pid, name, step, words }) => (
        <p key={pid} data-step={step} class={step === "failed" ? "wb-error" : ""}>
          {words}
          {step === "ending" && (
            <button
              type="button"
              class="wb-btn small"
              aria-label={`Cancel the restart of ${name}`}
              onClick={() => {
                void processRestarts.cancel(name);
                // The button goes: whoever pressed it with the keyboard goes on from here.
                notes.current?.focus();
              }}
            >
              Cancel
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
