import { useEffect, useState } from "preact/hooks";
import type { SandboxEvent } from "../../sandbox/events.ts";
import type { Bench } from "./bench.ts";

/** Says that the sandbox is gone (its database broke, its container was lost) and starts it again when asked. */
export function LostNotice({ bench }: { bench: Bench }) {
  const [reason, setReason] = useState<string | null>(null);
  useEffect(() => {
    const { events } = bench.sandbox;
    const take = (event: SandboxEvent) => {
      if (event.type === "database.stopped") setReason(event.reason);
    };
    // It may have gone before this was shown.
    events.history().forEach(take);
    return events.subscribe(take);
  }, [bench]);
  if (reason === null) return null;
  return (
    <section class="wb-banner" aria-label="The sandbox is gone">
      <p role="alert">{reason} Your files are kept, and the databases as they were kept last.</p>
      <button type="button" class="wb-btn small primary" onClick={() => void bench.restart()}>
        Start it again
      </button>
    </section>
  );
}
