import { ConfirmButton } from "../ConfirmButton.tsx";
import { useAction } from "../live/use-action.ts";
import type { Bench } from "../session/bench.ts";

/** Pulls the plug, and starts again what ran. */
export function PowerButton({ bench }: { bench: Bench }) {
  const action = useAction();
  const { power } = bench;
  if (power.lost.value === null) {
    return (
      <ConfirmButton
        class="small"
        question="Cut the power?"
        confirm="Cut it"
        onConfirm={() => power.pull()}
      >
        Pull the plug
      </ConfirmButton>
    );
  }
  return (
    <>
      <button
        type="button"
        class="wb-btn small primary"
        disabled={action.running}
        onClick={() => void action.run(() => power.restore())}
      >
        {action.running ? "Booting" : "Boot again"}
      </button>
      <span role="status" class={action.error ? "wb-error" : "wb-quiet"}>
        {action.error ?? "The power is off."}
      </span>
    </>
  );
}
