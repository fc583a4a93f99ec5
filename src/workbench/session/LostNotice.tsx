import { useEffect, useState } from "preact/hooks";
import type { Bench } from "./bench.ts";

/** Says that the sandbox is gone (its database broke, its container was lost) and starts it again when asked. */
export function LostNotice({ bench }: { bench: Bench }) {
  const [reason, setReason] = useState<string | null>(null);
  useEffect(
    () =>
      bench.sandbox.events.subscribe((event) => {
        if (event.type === "database.stopped") setReason(event.reason);
      }),
    [bench],
  );
  if (reason === null) return null;
  return (
    <section class="wb-fallback" aria-label="The sandbox is gone">
      <p role="alert">{reason} Your files are kept, and the databases as they were kept last.</p>
      <button type="button" class="wb-btn small primary" onClick={() => void bench.restart()}>
        Start it again
      </button>
    </section>
  );
}
