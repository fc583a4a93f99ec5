import { useState } from "preact/hooks";
import type { Bench } from "../session/bench.ts";

/** Ends everything and starts again with empty databases, after asking once. */
export function FreshButton({ bench }: { bench: Bench }) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" class="wb-btn small" onClick={() => setAsking(true)}>
        Start with fresh databases
      </button>
    );
  }
  return (
    <span class="wb-confirm">
      All rows and jobs go; your code stays.{" "}
      <button type="button" class="wb-btn small danger" onClick={() => void bench.startFresh()}>
        Delete them and start again
      </button>{" "}
      <button type="button" class="wb-btn small" onClick={() => setAsking(false)}>
        Keep them
      </button>
    </span>
  );
}
