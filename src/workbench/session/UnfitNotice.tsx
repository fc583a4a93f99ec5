import { useState } from "preact/hooks";
import type { Bench } from "./bench.ts";

/** Says that the app did not start with the learner's files, and leads to where they can be mended. */
export function UnfitNotice({ bench }: { bench: Bench }) {
  const [hidden, setHidden] = useState(false);
  const { unfit } = bench;
  if (unfit === null || hidden) return null;
  const { reason, place } = unfit;
  return (
    <section class="wb-banner" aria-label="Files that do not start">
      <p role="alert">
        The app did not start with your files. {reason} So it started with the lesson's files. The
        editor shows yours: mend them, then start the process again.
      </p>
      {place && (
        <button type="button" class="wb-btn small" onClick={() => bench.showInEditor(place)}>
          Show line {place.line}
        </button>
      )}
      <button type="button" class="wb-btn small quiet" onClick={() => setHidden(true)}>
        Hide this notice
      </button>
    </section>
  );
}
