import { useState } from "preact/hooks";
import type { Bench } from "../session/bench.ts";

/** Says that the sandbox runs in the tab because the other host did not come, and offers another try. */
export function FallbackNotice({ bench }: { bench: Bench }) {
  const [hidden, setHidden] = useState(false);
  const { fallback } = bench.host;
  if (fallback === null || hidden) return null;
  const reload = fallback.needsReload();
  function retry() {
    // It may have come in the meantime, late: then there is room for another.
    if (fallback?.needsReload()) location.reload();
    else void bench.restart();
  }
  return (
    <section class="wb-banner" aria-label="Where the sandbox runs">
      <p role="alert">
        {fallback.reason} So everything runs in this tab, with your files.
        {reload && " Another try needs the page to be loaded again; your files are kept."}
      </p>
      <button type="button" class="wb-btn small" onClick={retry}>
        {reload ? "Reload and try again" : "Try again"}
      </button>
      <button
        type="button"
        class="wb-btn small quiet"
        onClick={() => {
          bench.host.remember("tab");
          setHidden(true);
        }}
      >
        Stay in the tab
      </button>
    </section>
  );
}
