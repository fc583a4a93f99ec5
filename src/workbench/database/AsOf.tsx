import { useEffect, useState } from "preact/hooks";
import { clockTime } from "../format.ts";
import type { Bench } from "../session/bench.ts";
import type { DatabaseModel } from "./model.ts";

/** Chooses the moment whose tables are shown: now, or any moment that is still known. */
export function AsOf({ bench, model }: { bench: Bench; model: DatabaseModel }) {
  const { asOf, sandbox } = bench;
  const [since, setSince] = useState<number | null>(null);
  const at = asOf.value;
  const database = model.selected.value?.database;
  useEffect(() => {
    if (database === undefined) return;
    sandbox.database.knownSince(database).then(setSince, () => setSince(null));
  }, [database, at, model.version.value]);

  const times = model.changeTimes().filter((time) => since === null || time >= since);
  const earlier = times.findLast((time) => (at === null ? true : time < at));
  const later = at === null ? undefined : times.find((time) => time > at);
  // Right before the newest change is the first moment that differs from now.
  const back =
    at === null && earlier !== undefined ? Math.max(since ?? 0, earlier - 0.001) : earlier;

  return (
    <div class="wb-db-as-of" role="group" aria-label="Moment to show">
      <span role="status" data-past={at !== null}>
        {at === null ? "Tables as they are now" : `Tables as of ${clockTime(at)}`}
      </span>
      <button
        type="button"
        class="wb-btn small"
        disabled={back === undefined}
        onClick={() => (asOf.value = back ?? null)}
      >
        Earlier change
      </button>
      <button
        type="button"
        class="wb-btn small"
        disabled={at === null}
        onClick={() => (asOf.value = later ?? null)}
      >
        Later change
      </button>
      {since !== null && (
        <input
          type="range"
          aria-label="Moment to show"
          aria-valuetext={at === null ? "now" : clockTime(at)}
          min={Math.ceil(since)}
          max={Math.ceil(sandbox.clock.now())}
          value={at ?? Math.ceil(sandbox.clock.now())}
          onInput={(event) => (asOf.value = event.currentTarget.valueAsNumber)}
        />
      )}
      {at !== null && (
        <button type="button" class="wb-btn small primary" onClick={() => (asOf.value = null)}>
          Back to now
        </button>
      )}
    </div>
  );
}
