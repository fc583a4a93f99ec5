import type { RegisteredProcess } from "../../sandbox/sandbox.ts";
import { pulseOf } from "./heartbeat.ts";

interface Props {
  row: RegisteredProcess;
  /** Sandbox time in ms. */
  now: number;
}

/** How long until the next heartbeat; when it is missed, how long until the prune. */
export function Heartbeat({ row, now }: Props) {
  const { left, late, words } = pulseOf(row, now);
  return (
    <span class="wb-beat num" data-late={late}>
      <span class="wb-beat-bar" aria-hidden="true">
        <i style={{ width: `${left * 100}%` }} />
      </span>
      {words}
    </span>
  );
}
